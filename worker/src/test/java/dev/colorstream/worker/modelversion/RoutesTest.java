package dev.colorstream.worker.modelversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.colorstream.colorizer.Colorizer;
import dev.colorstream.colorizer.Palette;
import dev.colorstream.colorizer.network.NoNetwork;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.ColorizeRequest;
import dev.colorstream.contract.request.RequestOptions;
import dev.colorstream.worker.modelversion.Routes.Route;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RoutesTest {
    private static final Serving STABLE = serving("v1");
    private static final Serving CANARY = serving("v2");

    @Test
    void shouldGiveTheCanaryItsShareOfTheJobs() {
        Routes routes = routes(0.2);

        long canaries = IntStream.range(0, 5_000)
                .filter(i -> routes.choose(request("r", "job-" + i)) == CANARY)
                .count();

        assertThat(canaries / 5_000.0).isCloseTo(0.2, within(0.02));
    }

    @Test
    void shouldKeepAnAlbumOnOneVersionAndPhotosWithoutAnAlbumApart() {
        Routes routes = routes(0.5);

        assertThat(IntStream.range(0, 100).mapToObj(i -> routes.choose(request("r" + i, "album"))))
                .containsOnly(routes.choose(request("r", "album")));
        assertThat(IntStream.range(0, 100).mapToObj(i -> routes.choose(request("r" + i, null))))
                .contains(STABLE, CANARY);
    }

    @Test
    void shouldNotGiveEveryCanaryTheSameJobs() {
        Routes other =
                new Routes(Map.of(Channel.STABLE, new Route(STABLE, 1), Channel.CANARY, new Route(serving("v3"), 0.5)));

        assertThat(IntStream.range(0, 100)
                        .filter(i -> (routes(0.5).choose(request("r", "job-" + i)) == STABLE)
                                != (other.choose(request("r", "job-" + i)) == STABLE))
                        .count())
                .isBetween(25L, 75L);
    }

    @Test
    void shouldTakeNoneOrAllAtTheEndsOfTheShare() {
        for (int i = 0; i < 100; i++) {
            assertThat(routes(0).choose(request("r", "job-" + i))).isSameAs(STABLE);
            assertThat(routes(1).choose(request("r", "job-" + i))).isSameAs(CANARY);
        }
    }

    @Test
    void shouldDoAsTheRequestWishesAndLetStableStandInForACanaryThatIsNotThere() {
        Routes withoutCanary = new Routes(Map.of(Channel.STABLE, new Route(STABLE, 1)));

        assertThat(routes(0).choose(wishing(Channel.CANARY))).isSameAs(CANARY);
        assertThat(routes(1).choose(wishing(Channel.STABLE))).isSameAs(STABLE);
        assertThat(withoutCanary.choose(wishing(Channel.CANARY))).isSameAs(STABLE);
        assertThatIllegalStateException().isThrownBy(() -> Routes.NONE.choose(request("r", null)));
    }

    private static Routes routes(double share) {
        return new Routes(Map.of(Channel.STABLE, new Route(STABLE, 1), Channel.CANARY, new Route(CANARY, share)));
    }

    private static Serving serving(String version) {
        return new Serving(
                new ServedModel(new ModelVersionId(version), Palette.DEFAULT, Colorizer.of(new NoNetwork(32, 0))));
    }

    private static ColorizeRequest request(String id, @Nullable String job) {
        return request(id, Optional.ofNullable(job).map(JobId::new), RequestOptions.NONE);
    }

    private static ColorizeRequest wishing(Channel channel) {
        return request(
                "r",
                Optional.empty(),
                new RequestOptions(
                        Optional.empty(),
                        Optional.of(channel),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static ColorizeRequest request(String id, Optional<JobId> job, RequestOptions options) {
        return new ColorizeRequest(
                new RequestId(id), job, new ObjectAddress("uploads", "a.jpg"), options, Instant.EPOCH);
    }
}
