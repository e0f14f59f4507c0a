package dev.colorstream.contract.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.PlainText;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class RequestWriterTest {
    private final RequestWriter writer = new RequestWriter("colorstream-cli");
    private final RequestReader reader = new RequestReader();

    @Property(tries = 500, seed = "42")
    void shouldWriteWhatTheReaderReads(@ForAll("requests") ColorizeRequest request) {
        assertThat(reader.read(Messages.received(writer.write("t", request))))
                .isEqualTo(new Requests(List.of(request)));
    }

    @Property(tries = 1000, seed = "42")
    void shouldNeverThrowWhateverARecordHolds(@ForAll byte[] value) {
        assertThat(reader.read(Messages.bytes(value))).isInstanceOfAny(Requests.class, Unreadable.class);
    }

    @Test
    void shouldWriteACloudEventKeyedByTheRequest() {
        ProducerRecord<byte[], byte[]> written = writer.write(
                "colorize.requests",
                new ColorizeRequest(
                        new RequestId("r-1"),
                        Optional.empty(),
                        new ObjectAddress("uploads", "a.jpg"),
                        RequestOptions.NONE,
                        Instant.parse("2026-01-02T03:04:05Z")));

        assertThat(written.topic()).isEqualTo("colorize.requests");
        assertThat(written.key()).asString(UTF_8).isEqualTo("r-1");
        assertThat(header(written, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(written, "ce_id")).isEqualTo("r-1");
        assertThat(header(written, "ce_source")).isEqualTo("colorstream-cli");
        assertThat(header(written, "ce_type")).isEqualTo("dev.colorstream.colorize.requested");
        assertThat(header(written, "ce_time")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(header(written, "content-type")).isEqualTo("application/json");
        assertThat(written.value())
                .asString(UTF_8)
                .isEqualTo("{\"requestId\":\"r-1\",\"source\":{\"bucket\":\"uploads\",\"key\":\"a.jpg\"},"
                        + "\"options\":{},\"submittedAt\":\"2026-01-02T03:04:05Z\"}");
    }

    private static String header(ProducerRecord<byte[], byte[]> written, String name) {
        return new String(
                Objects.requireNonNull(written.headers().lastHeader(name)).value(), UTF_8);
    }

    @Provide
    Arbitrary<ColorizeRequest> requests() {
        Arbitrary<String> plain = Arbitraries.strings()
                .all()
                .ofMinLength(1)
                .ofMaxLength(60)
                .filter(s -> !s.isBlank() && PlainText.isPlain(s));
        Arbitrary<String> bucket =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(20);
        Arbitrary<Optional<JobId>> job = Arbitraries.strings()
                .alpha()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(100)
                .map(JobId::new)
                .optional();
        Arbitrary<Instant> time =
                Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
        return Combinators.combine(
                        plain.map(RequestId::new),
                        job,
                        Combinators.combine(bucket, plain).as(ObjectAddress::new),
                        options(),
                        time)
                .as(ColorizeRequest::new);
    }

    private static Arbitrary<RequestOptions> options() {
        Arbitrary<RequestOptions> model = Arbitraries.of(
                options(Optional.empty(), Optional.empty()),
                options(Optional.of(new ModelVersionId("2026.1-a_b")), Optional.empty()),
                options(Optional.empty(), Optional.of(Channel.CANARY)));
        return Combinators.combine(
                        model,
                        Arbitraries.doubles().between(0.01, 1).ofScale(6).optional(),
                        Arbitraries.doubles().between(0, 2).ofScale(6).optional(),
                        Arbitraries.of(OutputFormat.class).optional(),
                        Arbitraries.integers().between(1, 100).optional(),
                        Arbitraries.longs().greaterOrEqual(1).optional())
                .as((m, temperature, saturation, format, quality, maxPixels) -> new RequestOptions(
                        m.modelVersion(), m.channel(), temperature, saturation, format, quality, maxPixels));
    }

    private static RequestOptions options(Optional<ModelVersionId> version, Optional<Channel> channel) {
        return new RequestOptions(
                version,
                channel,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
