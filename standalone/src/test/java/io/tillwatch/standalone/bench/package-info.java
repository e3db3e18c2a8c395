/** The bench as people start it, with the packaged classes and real processes. */
package io.tillwatch.standalone.bench;
