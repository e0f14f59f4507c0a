/** How good a network's colors are: measured on real color photos beside what no network needs to know. */
@NullMarked
package dev.colorstream.trainer.evaluation;

import org.jspecify.annotations.NullMarked;
