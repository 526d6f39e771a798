/** What tests of several rooms share: small networks, settings as text, solutions not trained. */
package io.ticketflow.testing;
