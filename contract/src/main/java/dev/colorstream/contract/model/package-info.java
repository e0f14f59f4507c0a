/** What is told of a trained network: its manifest, the channel that announces it, what a worker made of it. */
@NullMarked
package dev.colorstream.contract.model;

import org.jspecify.annotations.NullMarked;
