/**
 * Why it may have happened: evidence with ids, built by code from typed fields, and competing
 * hypotheses from the playbooks that cite nothing but that evidence; how a model's advice is laid
 * over them. Pure: no clock, no network.
 */
@NullMarked
package io.tillwatch.triage.hypothesis;

import org.jspecify.annotations.NullMarked;
