/**
 * The network: its architectures as descriptions, its training by Deeplearning4j, its serving by that
 * or ONNX Runtime.
 */
@NullMarked
package dev.colorstream.colorizer.network;

import org.jspecify.annotations.NullMarked;
