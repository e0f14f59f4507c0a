/** JSON read field by field, so that every complaint names the field and the mend. */
@NullMarked
package dev.colorstream.contract.json;

import org.jspecify.annotations.NullMarked;
