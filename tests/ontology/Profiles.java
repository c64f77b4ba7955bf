import java.io.File;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;

/**
 * Tell how far files keep to OWL 2 DL and OWL 2 RL, in lines of three fields set apart by tabs:
 * a file, "axioms" and how many it has; a file, a profile and a violation of it. A file is one
 * ontology with all that it needs, so nothing is fetched.
 */
public final class ProfileViolations {
    private static final Profiles[] ASKED = {Profiles.OWL2_DL, Profiles.OWL2_RL};

    public static void main(final String[] files) throws Exception {
        for (final String file : files) {
            final OWLOntology ontology = OWLManager.createOWLOntologyManager()
                .loadOntologyFromOntologyDocument(new File(file));
            tell(file, "axioms", String.valueOf(ontology.getAxiomCount()));
            for (final Profiles profile : ASKED) {
                for (final OWLProfileViolation found : profile.checkOntology(ontology).getViolations()) {
                    tell(file, profile.toString(), found.toString());
                }
            }
        }
    }

    private static void tell(final String file, final String what, final String told) {
        System.out.println(file + "\t" + what + "\t" + told.replaceAll("\\s+", " "));
    }
}
