// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/environment.h"

#include <QHash>

#include <cstdlib>
#include <cstring>
#include <mutex>

namespace queuedeck::secrets {

namespace {
struct Taken
{
    std::mutex mutex;
    QHash<QByteArray, base::Secret> values;
};

Taken& taken()
{
    static Taken s_taken;
    return s_taken;
}
} // namespace

void takeEnvironment()
{
    const std::lock_guard lock(taken().mutex);
    for (const char* variable :
         {"JOB_PROCESSOR_API_KEY", "CRON_SECRET", "ANTHROPIC_API_KEY", "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "SUPABASE_SERVICE_ROLE_KEY",
          "QUEUEDECK_APP_COOKIE", "QUEUEDECK_WEBHOOK_URL", "QUEUEDECK_WEBHOOK_SECRET"}) {
        char* const value = ::getenv(variable);
        if (!value)
            continue;
        taken().values.insert(variable, base::Secret(QByteArrayView(value).trimmed()));
        // The memory that the kernel shows as /proc/PID/environ.
        ::explicit_bzero(value, std::strlen(value));
        ::unsetenv(variable);
    }
}

base::Secret fromEnvironment(const QByteArray& variable)
{
    if (variable.isEmpty())
        return {};
    const std::lock_guard lock(taken().mutex);
    if (taken().values.contains(variable))
        return taken().values.value(variable);
    QByteArray value = qgetenv(variable.constData()).trimmed();
    return base::Secret::takenFrom(value);
}

} // namespace queuedeck::secrets
