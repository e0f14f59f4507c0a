/** The topics and the share group: their names, their configuration and how they come to be. */
@NullMarked
package dev.colorstream.contract.topic;

import org.jspecify.annotations.NullMarked;
