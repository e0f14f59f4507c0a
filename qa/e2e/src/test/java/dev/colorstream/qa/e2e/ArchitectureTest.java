package dev.colorstream.qa.e2e;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The rules of the house, for all modules at once; the finer import rules lie in etc/import-control.xml. */
final class ArchitectureTest {
    private static final List<String> SERVICES = List.of("worker", "trainer", "producertools", "dashboard");
    private static final JavaClasses OURS = new ClassFileImporter()
            .importPaths(Repository.classFolders())
            .that(are(resideInAnyPackage("dev.colorstream..")));

    @Test
    void shouldSeeEveryModule() {
        assertThat(Repository.classFolders())
                .allSatisfy(folder -> assertThat(folder).isDirectory());
        assertThat(OURS.getPackage("dev.colorstream").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .contains(
                        "colorizer",
                        "contract",
                        "storage",
                        "connection",
                        "worker",
                        "trainer",
                        "producertools",
                        "dashboard",
                        "local");
    }

    @Test
    void shouldKeepServicesApart() {
        for (String service : SERVICES) {
            String[] others = SERVICES.stream()
                    .filter(other -> !other.equals(service))
                    .map(ArchitectureTest::packages)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage(packages(service))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("services talk by topics and objects only")
                    .check(OURS);
        }
    }

    @Test
    void shouldLetArrowsPointDown() {
        noClasses()
                .that()
                .resideInAnyPackage(packages("colorizer"))
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("dev.colorstream.."))
                        .and(not(resideInAnyPackage(packages("colorizer")))))
                .because("the science knows nothing of the plumbing")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage(packages("contract"))
                .should()
                .dependOnClassesThat(
                        are(resideInAnyPackage("dev.colorstream..")).and(not(resideInAnyPackage(packages("contract")))))
                .because("the contract is what others share")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage(packages("storage"))
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("dev.colorstream.."))
                        .and(not(resideInAnyPackage(packages("storage"), packages("contract")))))
                .because("storage serves the services")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage(packages("connection"))
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("dev.colorstream.."))
                        .and(not(
                                resideInAnyPackage(packages("connection"), packages("storage"), packages("contract")))))
                .because("a connection knows not who uses it")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.colorstream.local..", "dev.colorstream.qa..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.colorstream.local..", "dev.colorstream.qa..")
                .because("the product runs without the local mode")
                .check(OURS);
        noClasses()
                .that()
                .resideInAnyPackage("dev.colorstream.local.childjvm..", "dev.colorstream.local.embedded*..")
                .should()
                .dependOnClassesThat(are(resideInAnyPackage("dev.colorstream.."))
                        .and(not(resideInAnyPackage(
                                "dev.colorstream.local.childjvm..", "dev.colorstream.local.embedded*.."))))
                .because("the embedded servers are anybody's servers")
                .check(OURS);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        slices().matching("dev.colorstream.(**)").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void shouldKeepDeeplearning4jInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.colorstream.colorizer.network..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..", "org.bytedeco..")
                .check(OURS);
    }

    @Test
    void shouldNameClassesInTheFieldsWords() {
        noClasses()
                .should(haveSimpleNameMatching(".*(Util|Utils|Helper|Manager|Impl)|Abstract.*"))
                .check(OURS);
        noClasses()
                .should()
                .resideInAnyPackage("..common..", "..util..", "..utils..", "..internal..")
                .check(OURS);
    }

    @Test
    void shouldNameExceptionsByTheFact() {
        classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .haveSimpleNameEndingWith("Exception")
                .check(OURS);
        noClasses()
                .that(are(simpleNameEndingWith("Exception")))
                .should()
                .haveModifier(JavaModifier.ABSTRACT)
                .check(OURS);
    }

    @Test
    void shouldCloseClassesForInheritance() {
        classes()
                .that()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotAnonymousClasses()
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .because("what is not meant for inheritance is final")
                .check(OURS);
    }

    @Test
    void shouldTakeTimeFromAClockAndRandomnessFromASeed() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(OURS);
    }

    @Test
    void shouldIntroduceEveryPackageAndMarkItsNulls() {
        List<String> unmarked = OURS.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> room.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .isEmpty())
                .map(JavaPackage::getName)
                .toList();

        assertThat(unmarked).isEmpty();
    }

    private static String packages(String module) {
        return "dev.colorstream." + module + "..";
    }

    private static ArchCondition<JavaClass> haveSimpleNameMatching(String pattern) {
        return ArchConditions.have(DescribedPredicate.describe(
                "simple name matching " + pattern, type -> type.getSimpleName().matches(pattern)));
    }
}
