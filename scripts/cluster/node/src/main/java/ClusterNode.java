import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.index.mapper.MapperExtrasPlugin;
import org.opensearch.index.reindex.ReindexPlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.painless.PainlessPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.transport.Netty4Plugin;

/**
 * One node for tests, with its modules on the class path and without a security manager, as OpenSearch's own tests start
 * theirs. Usage: java -cp ... ClusterNode HOME [SETTING=VALUE]... A value with commas is a list.
 */
final class ClusterNode extends Node {
    private static final List<Class<? extends Plugin>> MODULES = List.of(
        Netty4Plugin.class,
        CommonAnalysisPlugin.class,
        PainlessPlugin.class,
        ReindexPlugin.class,
        MapperExtrasPlugin.class
    );
    /** It comes as a zip, so it is not there when this file is compiled. */
    private static final String VECTORS = "org.opensearch.knn.plugin.KNNPlugin";

    private ClusterNode(Environment environment, List<Class<? extends Plugin>> modules) {
        super(environment, modules, false);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder().put("path.home", Path.of(arguments[0]).toAbsolutePath().toString());
        for (String argument : List.of(arguments).subList(1, arguments.length)) {
            String[] pair = argument.split("=", 2);
            if (pair.length < 2) throw new IllegalArgumentException("Expected SETTING=VALUE: " + argument);
            if (pair[1].contains(",")) settings.putList(pair[0], pair[1].split(","));
            else settings.put(pair[0], pair[1]);
        }
        List<Class<? extends Plugin>> modules = new ArrayList<>(MODULES);
        modules.add(Class.forName(VECTORS).asSubclass(Plugin.class));
        ClusterNode node = new ClusterNode(
            InternalSettingsPreparer.prepareEnvironment(settings.build(), Map.of(), null, () -> "node"),
            modules
        );
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (Exception failure) {
                failure.printStackTrace();
            } finally {
                closed.countDown();
            }
        }));
        node.start();
        System.out.println("started");
        closed.await();
    }
}
