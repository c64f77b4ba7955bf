import java.io.File;
import javax.xml.parsers.DocumentBuilderFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.profiles.Profiles;
import org.semanticweb.owlapi.util.SimpleIRIMapper;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Tell how far files keep to OWL 2 DL and OWL 2 RL, in lines of three fields set apart by tabs:
 * a file, "axioms" and how many it has; a file, a profile and a violation of it. A file is one
 * ontology with all that it needs, or a catalog beside it says where that is: nothing is fetched.
 */
public final class ProfileViolations {
    private static final Profiles[] ASKED = {Profiles.OWL2_DL, Profiles.OWL2_RL};

    public static void main(final String[] files) throws Exception {
        for (final String file : files) {
            final OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            follow(new File(file).getAbsoluteFile().getParentFile(), manager);
            final OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new File(file));
            tell(file, "axioms", String.valueOf(ontology.getAxiomCount()));
            for (final Profiles profile : ASKED) {
                for (final OWLProfileViolation found : profile.checkOntology(ontology).getViolations()) {
                    tell(file, profile.toString(), found.toString());
                }
            }
        }
    }

    /** Let imports be read from the files beside, as the catalog there says, if there is one. */
    private static void follow(final File directory, final OWLOntologyManager manager)
        throws Exception {
        final File catalog = new File(directory, "catalog-v001.xml");
        if (!catalog.isFile()) {
            return;
        }
        final NodeList named = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(catalog).getElementsByTagName("uri");
        for (int i = 0; i < named.getLength(); i++) {
            final Element entry = (Element) named.item(i);
            manager.getIRIMappers().add(new SimpleIRIMapper(
                IRI.create(entry.getAttribute("name")),
                IRI.create(new File(directory, entry.getAttribute("uri")))));
        }
    }

    private static void tell(final String file, final String what, final String told) {
        System.out.println(file + "\t" + what + "\t" + told.replaceAll("\\s+", " "));
    }
}
