// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/worker.h"

#include "core/domain/payloadschema.h"

using namespace Qt::StringLiterals;

namespace queuedeck::engine {

namespace {
using Handlers = std::map<QString, std::unique_ptr<Handler>>;

TaskResult runTask(const Flight& flight, const HandlerTable& table, Handlers& handlers)
{
    if (flight.stop.stop_requested())
        return TaskResult::postponed(u"The engine stopped before it began."_s);
    const auto payload = domain::checkPayload(flight.job.type, flight.job.payload);
    if (!payload)
        return TaskResult::unrecoverable(payload.error().detail);
    std::unique_ptr<Handler>& handler = handlers[flight.job.type];
    if (!handler)
        handler = table.at(flight.job.type)();
    return handler->run({flight.job.id, flight.job.type, *payload, flight.job.attempt,
                         flight.stop.get_token()});
}
} // namespace

void runWorker(Flights& flights, const HandlerTable& table, const base::Clock& clock)
{
    Handlers handlers;
    while (auto flight = flights.next()) {
        const QDateTime startedAt = clock.now();
        const auto begin = std::chrono::steady_clock::now();
        TaskResult result = runTask(*flight, table, handlers);
        flights.land({flight->token, std::move(flight->job), std::move(result), startedAt,
                      std::chrono::steady_clock::now() - begin});
    }
}

} // namespace queuedeck::engine
