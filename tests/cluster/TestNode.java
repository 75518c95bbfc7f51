import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.opensearch.analysis.common.CommonAnalysisPlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.env.Environment;
import org.opensearch.node.Node;
import org.opensearch.transport.Netty4Plugin;

/** One real node of OpenSearch, started by the tests; each argument is a setting, name=value. */
public final class TestNode extends Node {
    private TestNode(Environment environment) {
        super(environment, List.of(Netty4Plugin.class, CommonAnalysisPlugin.class), true);
    }

    public static void main(String[] arguments) throws Exception {
        Settings.Builder settings = Settings.builder().put("transport.type", "netty4").put("http.type", "netty4");
        for (String argument : arguments) {
            int cut = argument.indexOf('=');
            settings.put(argument.substring(0, cut), argument.substring(cut + 1));
        }
        new TestNode(new Environment(settings.build(), null)).start();
        new CountDownLatch(1).await();
    }
}
