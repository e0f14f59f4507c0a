/** The network: its architectures as descriptions, its training and its serving by Deeplearning4j. */
@NullMarked
package dev.colorstream.colorizer.network;

import org.jspecify.annotations.NullMarked;
