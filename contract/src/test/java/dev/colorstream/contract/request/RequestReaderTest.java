package dev.colorstream.contract.request;

import static dev.colorstream.contract.request.Messages.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.colorstream.contract.FailureReason;
import dev.colorstream.contract.JobId;
import dev.colorstream.contract.ObjectAddress;
import dev.colorstream.contract.RequestId;
import dev.colorstream.contract.model.Channel;
import dev.colorstream.contract.request.RequestReading.Requests;
import dev.colorstream.contract.request.RequestReading.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final Map<String, String> CLOUD_EVENT = Map.of(
            "ce_specversion", "1.0",
            "ce_id", "A234-1234-1234",
            "ce_source", "https://photos.example/albums",
            "ce_type", "dev.colorstream.colorize.requested",
            "ce_time", "2026-04-05T17:31:00Z",
            "content-type", "application/json; charset=UTF-8");

    private final RequestReader reader = new RequestReader();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "photo.jpg|uploads|photo.jpg",
                "inbox/old town/café +1.jpg|uploads|inbox/old town/café +1.jpg",
                "s3://archive/1936/a b.tif|archive|1936/a b.tif",
                "S3://archive/x|archive|x",
                "s3://archive//leading|archive|/leading",
                "100%25.png|uploads|100%25.png",
                "[1936] street.jpg|uploads|[1936] street.jpg",
                "12:30.jpg|uploads|12:30.jpg"
            })
    void shouldReadTextAsAKeyOrAnS3Address(String text, String bucket, String key) {
        assertThat(one(Messages.text(text)).source()).isEqualTo(new ObjectAddress(bucket, key));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photo.jpg\n", "photo.jpg\r\n", "  photo.jpg ", "\uFEFFphoto.jpg"})
    void shouldIgnoreWhatConsoleProducersLeaveAroundAKey(String text) {
        assertThat(one(Messages.text(text)).source().key()).isEqualTo("photo.jpg");
    }

    @Test
    void shouldNameATextRequestByThePlaceOfItsRecord() {
        byte[] value = "photo.jpg".getBytes(StandardCharsets.UTF_8);
        Set<RequestId> ids = new HashSet<>();

        for (int partition = 0; partition < 12; partition++) {
            for (long offset = 0; offset < 112; offset++) {
                ids.add(one(Messages.at(partition, offset, value)).id());
            }
        }

        assertThat(ids).hasSize(12 * 112);
        assertThat(one(Messages.at(3, 5, value)).id())
                .isEqualTo(RequestId.ofRecord(Messages.TOPIC, 3, 5))
                .isIn(ids);
        assertThat(one(Messages.at(3, 5, value)).id().value()).matches("[0-9a-f]{32}");
    }

    @Test
    void shouldTakeTheRecordsTimeWhereTheRequestTellsNone() {
        assertThat(one(Messages.text("photo.jpg")).submittedAt()).isEqualTo(Instant.ofEpochMilli(Messages.TIMESTAMP));
    }

    @Test
    void shouldReadTheEventThatMinioSends() {
        ColorizeRequest request = one(Messages.text(resource("minio-put.json")));

        assertThat(request.source()).isEqualTo(new ObjectAddress("uploads", "inbox/old town/café +1.jpg"));
        assertThat(request.submittedAt()).isEqualTo("2026-03-04T05:06:07.890Z");
        assertThat(request.job()).isEmpty();
        assertThat(request.options()).isEqualTo(RequestOptions.NONE);
    }

    @Test
    void shouldNameAnS3RequestByTheUploadAndNotByTheRecord() {
        String event = resource("minio-put.json");

        RequestId id = one(Messages.text(event)).id();

        assertThat(one(Messages.at(5, 99, event.getBytes(StandardCharsets.UTF_8)))
                        .id())
                .isEqualTo(id);
        assertThat(one(Messages.text(event.replace("17B2A1C9F1E2D3C5", "17B2A1C9F1E2D3C6")))
                        .id())
                .isNotEqualTo(id);
        assertThat(one(Messages.text(event.replace("d41d8cd9", "d41d8cd8"))).id())
                .isNotEqualTo(id);
    }

    @Test
    void shouldTellUploadsApartByTimeWhereTheStoreSendsNeitherETagNorSequencer() {
        String first = """
                {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"2026-01-01T00:00:00Z",
                 "s3":{"bucket":{"name":"b"},"object":{"key":"k"}}}]}""";

        assertThat(one(Messages.text(first)).id())
                .isNotEqualTo(one(Messages.text(first.replace("00:00:00Z", "00:00:01Z")))
                        .id());
    }

    @Test
    void shouldAskForEachCreatedObjectOfAnEventWithSeveral() {
        List<ColorizeRequest> requests = read(Messages.text(resource("aws-several.json")));

        assertThat(requests)
                .extracting(ColorizeRequest::source)
                .containsExactly(
                        new ObjectAddress("amzn-s3-demo-bucket", "HappyFace.jpg"),
                        new ObjectAddress("amzn-s3-demo-bucket", "a/b=c.png"));
        assertThat(requests).extracting(ColorizeRequest::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheObjectsOfACloudEventWithSeveralAfterTheEvent() {
        String event = resource("aws-several.json");
        Map<String, String> other = new HashMap<>(CLOUD_EVENT);
        other.put("ce_id", "another");

        List<ColorizeRequest> requests = read(Messages.withHeaders(event, CLOUD_EVENT));

        assertThat(requests).hasSize(2).extracting(ColorizeRequest::id).doesNotHaveDuplicates();
        assertThat(read(Messages.withHeaders(event, CLOUD_EVENT))).isEqualTo(requests);
        assertThat(read(Messages.withHeaders(event, other)))
                .extracting(ColorizeRequest::id)
                .doesNotContainAnyElementsOf(
                        requests.stream().map(ColorizeRequest::id).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Records\":[]}",
                "{\"Records\":[{\"eventName\":\"s3:ObjectRemoved:Delete\"}]}",
                "{\"Records\":[{\"eventName\":\"s3:ObjectAccessed:Get\",\"s3\":{}}]}"
            })
    void shouldAskForNothingWhereAnEventTellsOfNoNewObject(String event) {
        assertThat(read(Messages.text(event))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ceph-put.json,uploads", "aws-eventbridge.json,family-archive"})
    void shouldTakeTheKeyAsItIsFromThoseThatDoNotEncodeIt(String event, String bucket) {
        ColorizeRequest request = one(Messages.text(resource(event)));

        assertThat(request.source()).isEqualTo(new ObjectAddress(bucket, "inbox/old town/50%25 +1 café.jpg"));
        assertThat(request.submittedAt()).isBetween("2026-02-03T04:05:06Z", "2026-02-03T04:05:06.2Z");
    }

    @Test
    void shouldNameAnUploadTheSameWhicheverWayAwsTellsIt() {
        String record = """
                {"Records":[{"eventSource":"aws:s3","eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"family-archive"},
                 "object":{"key":"inbox/old+town/50%2525+%2B1+caf%C3%A9.jpg",
                  "eTag":"1f3870be274f6c49b3e31a0c6728957f","sequencer":"0065BDA1F2C3D4E5F6"}}}]}""";

        assertThat(one(Messages.text(record)).id())
                .isEqualTo(one(Messages.text(resource("aws-eventbridge.json"))).id());
    }

    @Test
    void shouldAskForNothingWhereEventBridgeTellsOfNoNewObject() {
        String deleted = resource("aws-eventbridge.json").replace("Object Created", "Object Deleted");

        assertThat(read(Messages.text(deleted))).isEmpty();
    }

    @Test
    void shouldAskForNothingWhenAwsTestsTheNotification() {
        assertThat(read(Messages.text(resource("aws-test-event.json")))).isEmpty();
    }

    @Test
    void shouldReadOurJson() {
        assertThat(one(Messages.text(resource("ours.json"))))
                .isEqualTo(new ColorizeRequest(
                        new RequestId("order 66/β"),
                        Optional.of(new JobId("album-7")),
                        new ObjectAddress("archive", "1936/migrant mother.tif"),
                        new RequestOptions(
                                Optional.empty(),
                                Optional.of(Channel.CANARY),
                                Optional.of(0.38),
                                Optional.of(1.0),
                                Optional.of(OutputFormat.PNG),
                                Optional.of(90),
                                Optional.of(16_000_000L)),
                        Instant.parse("2026-05-06T07:08:09.123Z")));
    }

    @Test
    void shouldTakeIdAndTimeOfACloudEventFromItsHeaders() {
        ColorizeRequest request =
                one(Messages.withHeaders("{\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}", CLOUD_EVENT));

        assertThat(request.id()).isEqualTo(new RequestId("A234-1234-1234"));
        assertThat(request.submittedAt()).isEqualTo("2026-04-05T17:31:00Z");
    }

    @Test
    void shouldReadAbsentAndNullFieldsAlike() {
        assertThat(one(Messages.text("""
                        {"requestId":"r","jobId":null,"options":null,"submittedAt":null,"source":{"bucket":"b","key":"k"}}""")))
                .isEqualTo(one(Messages.text("{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|'requestId' is missing",
                "{`requestId`|not well-formed JSON at line 1",
                "[{}]|JSON but no object",
                "\"photo.jpg\"|without quotes",
                "{\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'ce_id'",
                "{\"requestId\":7,\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'requestId' is 7: write a text",
                "{\"requestId\":\" \",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'requestId'",
                "{\"requestId\":\"r\"}|'source' is missing",
                "{\"requestId\":\"r\",\"source\":\"k\"}|'source' is \"k\": write an object",
                "{\"requestId\":\"r\",\"source\":{\"key\":\"k\"}}|'source.bucket' is missing",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"\"}}|'source.key'",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b/c\",\"key\":\"k\"}}|holds a slash",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"a\\u0000b\"}}|control characters",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"a\\ud800\"}}|control characters",
                "{\"requestId\":\"r\",\"jobId\":\"../x\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'jobId': '../x' is not a job id",
                "{\"requestId\":\"r\",\"temprature\":1,\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|unknown field 'temprature'",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"k\",\"etag\":\"\"}}|unknown field 'source.etag'",
                "{\"requestId\":\"r\",\"options\":{\"colour\":1},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|unknown field 'options.colour'",
                "{\"requestId\":\"r\",\"options\":{\"temperature\":0},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|temperature is 0.0: write a number from 0.01 to 1.0",
                "{\"requestId\":\"r\",\"options\":{\"temperature\":\"hot\"},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'options.temperature' is \"hot\": write a finite number",
                "{\"requestId\":\"r\",\"options\":{\"saturation\":1e400},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'options.saturation'",
                "{\"requestId\":\"r\",\"options\":{\"quality\":4294967346},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|quality",
                "{\"requestId\":\"r\",\"options\":{\"quality\":50.5},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|write a whole number",
                "{\"requestId\":\"r\",\"options\":{\"maxPixels\":0},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|maxPixels is 0",
                "{\"requestId\":\"r\",\"options\":{\"format\":\"bmp\"},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'options.format': 'bmp' is no output format: write jpeg or png or tiff",
                "{\"requestId\":\"r\",\"options\":{\"modelVersion\":\"v1\",\"channel\":\"stable\"},\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|modelVersion and channel are both set",
                "{\"requestId\":\"r\",\"requestId\":\"s\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|Duplicate",
                "{\"requestId\":\"r\",\"submittedAt\":\"yesterday\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'submittedAt' is \"yesterday\": write a time",
                "{\"requestId\":\"r\",\"submittedAt\":\"+999999999-01-01T00:00:00Z\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'submittedAt'",
                "{\"requestId\":\"r\",\"submittedAt\":\"1970-01-01T00:00:00+01:00\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'submittedAt'",
                "{\"requestId\":\"r\",\"submittedAt\":\"9999-12-31T23:59:59-01:00\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}}|'submittedAt'",
                "{\"requestId\":\"r\",\"source\":{\"bucket\":\"b\",\"key\":\"k\"}} {}|not well-formed JSON",
                "{\"Records\":{}}|'Records' is an object: write an array",
                "{\"Records\":[7]}|'Records[0]' is 7: write an object",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}|'Records[0].s3' is missing",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%zz\"}}}]}|'Records[0].s3.object.key' is not URL-encoded",
                "https://example.com/photo.jpg|write s3://bucket/key",
                "s3://bucket-alone|write s3://bucket/key",
                "s3:///key|blank",
                "s3://bucket/|blank"
            })
    void shouldNameTheFieldAndTheMendOfWhatItCannotRead(String value, String complaint) {
        assertThat(complaint(Messages.text(value))).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.jpg\nb.jpg", "a\tb.jpg", "\u0000\u0000\u0000\u0000\u0001photo", "a\u0085b"})
    void shouldRefuseTextWithControlCharacters(String text) {
        assertThat(complaint(Messages.text(text))).contains("control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\uFEFF"})
    void shouldRefuseABlankValue(String text) {
        assertThat(complaint(Messages.text(text))).contains("blank");
    }

    @Test
    void shouldRefuseARecordWithoutValue() {
        assertThat(complaint(Messages.bytes(null))).contains("no value");
    }

    @Test
    void shouldRefuseAPhotoThatWasSentInsteadOfItsKey() {
        byte[] jpeg = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0};

        assertThat(complaint(Messages.bytes(jpeg))).contains("not UTF-8").contains("key");
    }

    @Test
    void shouldRefuseAValueThatIsTooBigBeforeReadingIt() {
        assertThat(complaint(Messages.text(" ".repeat(RequestReader.MAX_VALUE_BYTES + 1))))
                .contains("1048577 bytes");
        assertThat(complaint(Messages.text(" ".repeat(RequestReader.MAX_VALUE_BYTES))))
                .contains("blank");
    }

    @Test
    void shouldRefuseJsonThatIsTooDeep() {
        String deep = "{\"requestId\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(complaint(Messages.text(deep))).contains("depth");
    }

    @Test
    void shouldCountTheLengthOfAKeyInBytes() {
        assertThat(one(Messages.text("é".repeat(512))).source().key()).hasSize(512);
        assertThat(complaint(Messages.text("é".repeat(512) + "a"))).contains("1025 bytes");
    }

    @Test
    void shouldComplainInOneShortLineWhateverTheValueHolds() {
        String value = "{\"" + "x\\n".repeat(200_000) + "\":1}";

        assertThat(complaint(Messages.text(value)))
                .hasSizeLessThanOrEqualTo(500)
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_id", "ce_source", "ce_type", "ce_specversion"})
    void shouldAskForEveryRequiredAttributeOfACloudEvent(String attribute) {
        Map<String, String> headers = new HashMap<>(CLOUD_EVENT);
        headers.remove(attribute);

        assertThat(complaint(Messages.withHeaders(resource("ours.json"), headers)))
                .contains("'" + attribute + "'")
                .contains("missing");
    }

    @ParameterizedTest
    @CsvSource({"ce_specversion,0.3", "ce_time,noon", "content-type,application/cloudevents+json", "ce_id,a\u0007b"})
    void shouldRefuseACloudEventWhoseHeaderIsWrong(String name, String value) {
        Map<String, String> headers = new HashMap<>(CLOUD_EVENT);
        headers.put(name, value);

        assertThat(complaint(Messages.withHeaders("photo.jpg", headers))).contains("'" + name + "'");
    }

    @Test
    void shouldRefuseACloudEventThatNamesTheRequestTwice() {
        assertThat(complaint(Messages.withHeaders(resource("ours.json"), CLOUD_EVENT)))
                .contains("'requestId' and header 'ce_id' differ");
    }

    @Test
    void shouldNameTheRequestAndJobOfARecordThatIsWrongOtherwise() {
        String text = "{\"requestId\": \"r-1\", \"jobId\": \"album\", \"source\": {\"bucket\": \"uploads\"}}";

        Unreadable unreadable = (Unreadable) reader.read(Messages.text(text));

        assertThat(unreadable.id()).isEqualTo(new RequestId("r-1"));
        assertThat(unreadable.job()).contains(new JobId("album"));
    }

    @Test
    void shouldNameTheRequestByTheCloudEventWhereTheValueDoesNot() {
        Unreadable unreadable = (Unreadable) reader.read(Messages.withHeaders("[1, 2]", CLOUD_EVENT));

        assertThat(unreadable.id()).isEqualTo(new RequestId("A234-1234-1234"));
        assertThat(unreadable.job()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"requestId\": 7}", "{\"requestId\": \" \"}", "{\"requestId\": \"r-1\"", "", "[1]"})
    void shouldNameARecordByItsPlaceWhereItNamesNoRequest(String text) {
        Unreadable unreadable = (Unreadable) reader.read(Messages.text(text));

        assertThat(unreadable.id()).isEqualTo(RequestId.ofRecord(Messages.TOPIC, 2, 17));
        assertThat(unreadable.job()).isEmpty();
    }

    private ColorizeRequest one(ConsumerRecord<byte[], byte[]> message) {
        List<ColorizeRequest> requests = read(message);
        assertThat(requests).hasSize(1);
        return requests.get(0);
    }

    private List<ColorizeRequest> read(ConsumerRecord<byte[], byte[]> message) {
        RequestReading reading = reader.read(message);
        assertThat(reading).isInstanceOf(Requests.class);
        return ((Requests) reading).requests();
    }

    private String complaint(ConsumerRecord<byte[], byte[]> message) {
        RequestReading reading = reader.read(message);
        assertThat(reading).isInstanceOf(Unreadable.class);
        assertThat(((Unreadable) reading).reason()).isEqualTo(FailureReason.UNREADABLE_REQUEST);
        return ((Unreadable) reading).detail();
    }
}
