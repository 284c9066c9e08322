import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF whether PDF files conform: `java Oracle.java FILE…`.
 *
 * Prints one line for each file and flavour, its fields parted by tabs: the file, the flavour,
 * "pass", "fail" or "error", and the rules that failed, each with its first place.
 */
class Oracle {
    private static final PDFAFlavour[] FLAVOURS = {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_3_A};
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    public static void main(String[] files) {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : FLAVOURS) {
                OUT.println(file + "\t" + flavour.getId() + "\t" + verdict(file, flavour));
            }
        }
    }

    private static String verdict(String file, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.isCompliant() && result.getTotalAssertions() > 0) {
                return "pass";
            }
            return "fail" + failures(result);
        } catch (Exception | LinkageError error) {
            return "error\t" + plain(String.valueOf(error));
        }
    }

    private static String failures(ValidationResult result) {
        StringBuilder found = new StringBuilder();
        Set<String> said = new HashSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
            if (assertion.getStatus() == TestAssertion.Status.FAILED && said.add(rule)) {
                found.append("\t").append(rule).append(" ").append(plain(assertion.getMessage()))
                        .append(" @ ").append(plain(assertion.getLocation().getContext()));
            }
        }
        return found.toString();
    }

    private static String plain(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
