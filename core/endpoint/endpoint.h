// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/answers.h"
#include "core/endpoint/gate.h"
#include "core/endpoint/server.h"

#include <QObject>

#include <mutex>
#include <stop_token>

namespace queuedeck::service {
class Session;
}

namespace queuedeck::endpoint {

/// The endpoint of a session: POST /api/jobs/process runs jobs here, GET lists what is waiting,
/// /healthz and /metrics are for monitoring, /pictures/NAME is a picture of a folder. Lives on the
/// session's thread; the server's thread routes requests, answers from data read within the last
/// half second, and hands over the rest. One batch runs at a time: further requests get 409
/// meanwhile, and after an empty batch the next one begins a second later. Any program with a
/// session can host one: the command line does, the window may.
class Endpoint : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        Server::Options server;
        Gate::Options gate;
        QString picturesFolder = {}; ///< served as /pictures/NAME; empty: none are
    };

    /// Errors: see Server::start. `session` must outlive it.
    static base::Result<std::unique_ptr<Endpoint>> start(service::Session& session,
                                                         const Options& options);
    ~Endpoint() override;

    quint16 port() const;
    /// Accepts no new connections; a running batch hands its unfinished jobs back within 20 s and
    /// gets its response; `stopped` follows.
    void stop();

Q_SIGNALS:
    void stopped();
    /// A batch has ended, or a request failed internally; for the log.
    void processed(const queuedeck::service::ProcessReport& report);
    void failed(const queuedeck::base::Error& error);
    /// Certificate files were renewed, or could not be.
    void noted(const QString& sentence);

private:
    using Answers = std::vector<Server::Answer>;

    /// A response whose data is read at most twice a second, however often it is requested.
    struct Cached
    {
        Response response;
        std::chrono::steady_clock::time_point until{};
        Answers asking; ///< waiting for the current read
    };

    Endpoint(service::Session& session, const Options& options);

    // On the server's thread.
    void handle(const Request& request, const Server::Answer& answer);
    void answerCached(Cached& cached, const Server::Answer& answer, void (Endpoint::*read)());

    // On the session's thread.
    void readWaiting();
    void readMetrics();
    void fill(Cached& cached, const Response& response, bool mayKeep);
    void sendPicture(const QByteArray& name, const Server::Answer& answer);
    void process(int maxJobs, const Server::Answer& answer);
    void run(int maxJobs, const Server::Answer& answer);

    service::Session& m_session;
    Gate m_gate;        ///< used on the server's thread
    std::mutex m_mutex; ///< guards m_waiting and m_metrics
    Cached m_waiting;
    Cached m_metrics;
    Totals m_totals;
    std::chrono::steady_clock::time_point m_restUntil{};
    std::unique_ptr<service::ServedPictures> m_pictures;
    std::stop_source m_stop;
    std::unique_ptr<Server> m_server; // destroyed first: its thread uses all of the above
};

} // namespace queuedeck::endpoint
