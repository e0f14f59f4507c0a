/** A class that Deeplearning4j 1.0.0-M2.1 looks up under a name it has left. */
package org.nd4j.nativeblas;
