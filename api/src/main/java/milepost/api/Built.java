package milepost.api;

import io.micrometer.core.instrument.MeterRegistry;
import milepost.query.metric.Metric;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.info.GitProperties;
import org.springframework.stereotype.Component;

/** What this node was built from and runs on. */
@Component
class Built {
    private static final String UNKNOWN = "unknown";

    private final @Nullable BuildProperties build;
    private final @Nullable GitProperties git;

    /** An IDE writes neither file, and an archive of the sources has no repository. */
    Built(ObjectProvider<BuildProperties> build, ObjectProvider<GitProperties> git, MeterRegistry meters) {
        this.build = build.getIfAvailable();
        this.git = git.getIfAvailable();
        Metric.BUILD.tell(meters, version(), revision(), java());
    }

    String version() {
        return build == null || build.getVersion() == null ? UNKNOWN : build.getVersion();
    }

    String revision() {
        if (git == null || git.getCommitId() == null) return UNKNOWN;
        return git.getCommitId() + ("true".equals(git.get("dirty")) ? "-modified" : "");
    }

    String java() {
        return Runtime.version().toString();
    }
}
