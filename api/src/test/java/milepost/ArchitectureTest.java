package milepost;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import milepost.query.ReadsAWrite;
import milepost.query.metric.Metric;
import org.axonframework.modelling.command.AggregateRoot;
import org.junit.jupiter.api.Test;

/** The house: what may know what. */
@AnalyzeClasses(
        packages = "milepost",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    private static final String EVENT = "milepost.event";
    private static final String PLAN = "milepost.plan";
    private static final String LOG = "milepost.log";
    private static final String DATABASE = "milepost.database";
    private static final String COMMAND = "milepost.command..";
    private static final String QUERY = "milepost.query..";
    private static final String API = "milepost.api..";

    /** The rooms of the edge: each may know those before it. */
    private static final List<String> ROOMS = List.of("start", "http", "identity", "operate", "write", "read", "audit");

    /** What the auditor's command is made of: facts, their JSON, records of plans, and folds over them; the tree and its notes. */
    private static final String[] PURE = {
        EVENT,
        EVENT + ".json",
        PLAN,
        LOG,
        "milepost.query.audit",
        "milepost.query.past",
        "milepost.query.plan",
        "milepost.query.timeline"
    };

    private static final String[] FRAMEWORKS = {
        "org.springframework..",
        "org.axonframework..",
        "io.micrometer..",
        "org.postgresql..",
        "com.github.benmanes..",
        "java.sql",
        "javax.sql"
    };

    /** The tests of other modules come as jars. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule facts_know_no_framework = classes()
            .that()
            .resideInAPackage(EVENT)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(EVENT, "java..", "com.fasterxml.jackson.annotation", "org.jspecify.annotations")
            .because("facts outlive every framework");

    @ArchTest
    static final ArchRule the_record_of_a_plan_is_pure = classes()
            .that()
            .resideInAPackage(PLAN)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PLAN, EVENT, "java..", "org.pcollections", "org.jspecify.annotations")
            .because("rules and read models take the same steps over it, below both");

    @ArchTest
    static final ArchRule one_may_speak_of_the_log_without_its_database = classes()
            .that()
            .resideInAPackage(LOG)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(LOG, EVENT, "java..", "org.jspecify.annotations")
            .because("rules, folds and the auditor's command do");

    @ArchTest
    static final ArchRule both_sides_stand_on_the_log = noClasses()
            .that()
            .resideInAnyPackage(EVENT + "..", PLAN, LOG + "..", DATABASE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, QUERY, API)
            .because("the log keeps facts, whoever decides on them or reads them");

    @ArchTest
    static final ArchRule rules_know_no_database = noClasses()
            .that()
            .resideInAnyPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    LOG + ".*", DATABASE, "java.sql", "javax.sql", "org.springframework..", "org.postgresql..")
            .because("rules decide on facts alone");

    @ArchTest
    static final ArchRule reads_never_see_writes = noClasses()
            .that()
            .resideInAPackage(QUERY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(COMMAND, API)
            .because("what is read follows from facts alone");

    @ArchTest
    static final ArchRule folds_know_no_framework = noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(FRAMEWORKS)
            .orShould()
            .dependOnClassesThat(resideInAnyPackage("milepost..").and(resideOutsideOfPackages(PURE)))
            .because("the auditor's command has none of them, and folds as the server does");

    @ArchTest
    static final ArchRule writes_never_see_reads = noClasses()
            .that()
            .resideInAnyPackage(COMMAND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(QUERY, API)
            .because("rules decide on facts alone");

    @ArchTest
    static final ArchRule no_clock_no_chance_inside = noClasses()
            .that()
            .resideInAnyPackage(EVENT + "..", PLAN, LOG + "..", DATABASE, COMMAND, QUERY)
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(Clock.class, "systemUTC")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Random.class)
            .because("the edge passes in what day it is, so that the same question has the same answer");

    @ArchTest
    static final ArchRule axon_stays_at_the_rim = noClasses()
            .that()
            .resideOutsideOfPackage("milepost..axon")
            .and()
            .areNotAnnotatedWith(AggregateRoot.class)
            .should()
            .dependOnClassesThat(resideInAPackage("org.axonframework.."))
            .because("rules, folds and HTTP are ours, and stay when the framework goes");

    @ArchTest
    static final ArchRule numbers_are_defined_once = noClasses()
            .that()
            .doNotBelongToAnyOf(Metric.class)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.micrometer.core.instrument..").and(simpleName("Builder")))
            .orShould()
            .callMethodWhere(target(owner(assignableTo(MeterRegistry.class)))
                    .and(target(nameMatching("counter|timer|summary|gauge.*|more"))))
            .because("names, help and meaning stand in Metric");

    @ArchTest
    static final ArchRule scrapes_are_read_in_one_package = noClasses()
            .that()
            .resideOutsideOfPackage("milepost.query.metric")
            .should()
            .dependOnClassesThat(resideInAPackage("io.prometheus.."))
            .because("names, help and meaning stand in Metric");

    @ArchTest
    static final ArchRule packages_have_no_cycles = slices().matching("milepost.(**)")
            .should()
            .beFreeOfCycles()
            .because("a package is read after those it needs");

    @ArchTest
    static void no_arrow_runs_back_up(JavaClasses house) {
        for (var i = 0; i < ROOMS.size(); i++) {
            var after =
                    Stream.concat(ROOMS.stream().skip(i + 1).map(ArchitectureTest::room), Stream.of("milepost.api"));
            noClasses()
                    .that()
                    .resideInAPackage(room(ROOMS.get(i)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(after.toArray(String[]::new))
                    .because("the edge is read room by room")
                    .check(house);
        }
    }

    @ArchTest
    static final ArchRule the_edge_has_no_other_rooms = classes()
            .that()
            .resideInAPackage(API)
            .and()
            .resideOutsideOfPackage("milepost.api")
            .should()
            .resideInAnyPackage(ROOMS.stream().map(ArchitectureTest::room).toArray(String[]::new))
            .because("a newcomer guesses among few");

    @ArchTest
    static final ArchRule identity_has_one_face = noClasses()
            .that()
            .resideOutsideOfPackage(room("identity"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("milepost.api.identity.*..")
            .because("who one is and what one may is asked of milepost.api.identity alone");

    private static String room(String name) {
        return "milepost.api." + name + "..";
    }

    @Test
    void a_class_that_breaks_the_first_rule_of_the_house_is_found() {
        var offender = new ClassFileImporter().importClasses(ReadsAWrite.class);

        assertThatThrownBy(() -> reads_never_see_writes.check(offender)).hasMessageContaining("ReadsAWrite");
    }
}
