package dev.colorstream.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A server's key for this machine's loopback address, as an authority of the house would sign it.
 *
 * @param keyStore a PKCS12 file with the key
 * @param certificate a PEM file for those who are to trust it
 */
record SelfSignedKey(Path keyStore, String password, Path certificate) {
    /** Makes a key with the JDK's own tool. */
    static SelfSignedKey make(Path folder) throws Exception {
        SelfSignedKey key = new SelfSignedKey(
                folder.resolve("server.p12"), "key-store-password", folder.resolve("certificate.pem"));
        key.tool(
                "-genkeypair -alias server -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 2"
                        + " -ext san=ip:127.0.0.1,dns:localhost",
                folder);
        key.tool("-exportcert -rfc -alias server -file " + key.certificate.getFileName(), folder);
        return key;
    }

    private void tool(String words, Path folder) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", keyStore.toString(), "-storepass", password));
        Path output = folder.resolve("keytool.txt");
        Process tool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(tool.waitFor()).as(Files.readString(output)).isZero();
    }
}
