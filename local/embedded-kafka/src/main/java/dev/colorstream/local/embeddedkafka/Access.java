package dev.colorstream.local.embeddedkafka;

import java.nio.file.Path;
import java.util.Map;

/** Whom a node lets in. */
sealed interface Access {
    /** How clients speak to it, by Kafka's name. */
    String protocol();

    /** The settings for it, under Kafka's names. */
    Map<String, String> toProperties();

    /** Everybody. */
    record Open() implements Access {
        @Override
        public String protocol() {
            return "PLAINTEXT";
        }

        @Override
        public Map<String, String> toProperties() {
            return Map.of();
        }
    }

    /**
     * One user, by SASL PLAIN over TLS; the node speaks to itself as that user.
     *
     * @param keyStore a PKCS12 file with the node's key and certificate, which it trusts itself
     */
    record Secured(String user, String password, Path keyStore, String keyStorePassword) implements Access {
        @Override
        public String protocol() {
            return "SASL_SSL";
        }

        @Override
        public Map<String, String> toProperties() {
            String login = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user
                    + "\" password=\"" + password + "\" user_" + user + "=\"" + password + "\";";
            return Map.of(
                    "sasl.enabled.mechanisms",
                    "PLAIN",
                    "sasl.mechanism.inter.broker.protocol",
                    "PLAIN",
                    "listener.name.clients.plain.sasl.jaas.config",
                    login,
                    "ssl.keystore.type",
                    "PKCS12",
                    "ssl.keystore.location",
                    keyStore.toString(),
                    "ssl.keystore.password",
                    keyStorePassword,
                    "ssl.truststore.type",
                    "PKCS12",
                    "ssl.truststore.location",
                    keyStore.toString(),
                    "ssl.truststore.password",
                    keyStorePassword);
        }

        /** The user alone: secrets stay out of logs. */
        @Override
        public String toString() {
            return "Secured[" + user + "]";
        }
    }
}
