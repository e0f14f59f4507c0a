package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * The former home of ND4J's native bindings. Deeplearning4j 1.0.0-M2.1 asks {@code Nd4jCpu.Environment} by reflection
 * whether oneDNN may serve its layers, but the class has moved to {@code org.nd4j.linalg.cpu.nativecpu.bindings}; with
 * the old name missing, its layers silently go without oneDNN.
 */
public final class Nd4jCpu {
    private Nd4jCpu() {}

    /** What Deeplearning4j's oneDNN helpers ask. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        /** The only one. */
        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether oneDNN may serve layers; called by reflection. */
        public boolean isUseMKLDNN() {
            return Nd4j.getEnvironment().helpersAllowed();
        }

        /** The same under oneDNN's later name; called by reflection. */
        public boolean isUseONEDNN() {
            return isUseMKLDNN();
        }
    }
}
