/**
 * What broke and whose it is: incident classes as declarative patterns of evidence, weighed against
 * each other. Every answer names what speaks for it, what against, and the strongest alternative.
 */
@NullMarked
package io.tillwatch.rules.playbook;

import org.jspecify.annotations.NullMarked;
