import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.jena.query.Dataset;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFParserBuilder;
import org.apache.jena.sparql.core.Quad;
import org.apache.jena.system.Txn;
import org.apache.jena.tdb2.TDB2;
import org.apache.jena.tdb2.TDB2Factory;

/**
 * Ask Jena TDB2, in lines of fields set apart by tabs.
 *
 * "load FILE…": each file is loaded into a store of its own, and once more. A line tells a file,
 * 1 or 2 for how often it was loaded, a graph ("" for the default graph), and its triples.
 * "query DIRECTORY FILE…": each query is put to the store in a directory, the default graph being
 * the union of its graphs. A line tells a file and its answer as JSON, or "!" and what is wrong.
 */
public final class JenaStores {
    public static void main(final String[] arguments) throws Exception {
        if (arguments[0].equals("load")) {
            for (int i = 1; i < arguments.length; i++) {
                load(arguments[i]);
            }
            return;
        }
        final Dataset store = TDB2Factory.connectDataset(arguments[1]);
        for (int i = 2; i < arguments.length; i++) {
            tell(arguments[i], answer(store, Files.readString(Path.of(arguments[i]))));
        }
    }

    private static void load(final String file) {
        final Dataset store = TDB2Factory.createDataset();
        for (int time = 1; time <= 2; time++) {
            Txn.executeWrite(store, () -> read(store, file));
            for (final Map.Entry<String, Integer> graph : count(store).entrySet()) {
                tell(file, String.valueOf(time), graph.getKey(), graph.getValue().toString());
            }
        }
        store.close();
    }

    /** Debian has no provider of JSON-P 2, which Jena's reader of JSON-LD 1.1 needs. */
    private static void read(final Dataset store, final String file) {
        final RDFParserBuilder parser = RDFParser.source(file);
        if (file.endsWith(".jsonld")) {
            parser.forceLang(Lang.JSONLD10);
        }
        parser.parse(store);
    }

    private static Map<String, Integer> count(final Dataset store) {
        final Map<String, Integer> found = new TreeMap<>();
        Txn.executeRead(store, () -> {
            final Iterator<Quad> quads = store.asDatasetGraph().find();
            while (quads.hasNext()) {
                final Quad quad = quads.next();
                final String graph = quad.isDefaultGraph() ? "" : quad.getGraph().getURI();
                found.merge(graph, 1, Integer::sum);
            }
        });
        return found;
    }

    private static String answer(final Dataset store, final String text) {
        return Txn.calculateRead(store, () -> {
            try (QueryExecution asked = QueryExecutionFactory.create(QueryFactory.create(text), store)) {
                asked.getContext().setTrue(TDB2.symUnionDefaultGraph);
                final ByteArrayOutputStream out = new ByteArrayOutputStream();
                ResultSetFormatter.outputAsJSON(out, asked.execSelect());
                return out.toString(StandardCharsets.UTF_8).replaceAll("\\s*\n\\s*", "");
            } catch (final RuntimeException wrong) {
                return "!" + wrong;
            }
        });
    }

    private static void tell(final String... fields) {
        System.out.println(String.join("\t", fields));
    }
}
