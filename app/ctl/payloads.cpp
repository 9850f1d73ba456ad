// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/payloads.h"

#include "app/ctl/await.h"

namespace queuedeck::ctl {

base::Result<QVector<std::optional<domain::JobDetail>>> readWhole(service::JobService& jobs,
                                                                  const domain::JobIds& ids)
{
    // All queries are queued before the first answer is awaited, so that the reading thread never
    // waits for this one.
    QVector<QFuture<base::Result<domain::JobDetail>>> answers;
    for (const domain::JobId& id : ids)
        answers += jobs.job(id);
    QVector<std::optional<domain::JobDetail>> details;
    for (const auto& answer : answers) {
        auto detail = await(answer);
        if (detail)
            details += std::move(*detail);
        else if (detail.error().kind == base::ErrorKind::NotFound)
            details += std::nullopt;
        else
            return detail.error();
    }
    return details;
}

} // namespace queuedeck::ctl
