// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/remote/remoteanswer.h"

#include <QUrl>

#include <stop_token>

namespace queuedeck::remote {

/// Calls an endpoint once, or until pending stops falling, and compares it with the database.
/// Blocks; lives for one operation on a thread of the remote service. Private to this room.
class RemoteCall
{
public:
    using OnProgress = std::function<void(const RemoteReport&)>;

    RemoteCall(const RemoteAddress& address, RemoteService::Count count, std::stop_token stop,
               OnProgress onProgress);

    base::Result<RemoteReport> trigger(int maxJobs);
    base::Result<RemoteReport> drain(int maxJobs);
    base::Result<RemoteQueue> status();

private:
    base::Status prepare();
    RemoteReply send(const QByteArray& method, int maxJobs,
                     const std::function<void()>& whileWaiting);
    RemoteReport post(int maxJobs, std::optional<qint64> before);
    std::optional<qint64> counted(RemoteService::Counted what);
    std::optional<qint64> pending() { return counted(RemoteService::Counted::Pending); }
    void begin();
    base::Sentence correct(RemoteReport& report);
    void explainNoFall(RemoteReport& report);
    bool isAllDead();
    bool waitFor(std::chrono::seconds time);
    void add(const RemoteReport& call);
    bool mayGoOn(const RemoteReport& call);

    const RemoteAddress m_address;
    const RemoteService::Count m_count;
    const std::stop_token m_stop;
    const OnProgress m_onProgress;
    QUrl m_url;
    base::Secret m_key;
    RemoteReport m_total;
    std::optional<qint64> m_completedBefore;
    std::optional<qint64> m_failedBefore;
    std::optional<std::chrono::seconds> m_retryAfter; ///< from the last call
    int m_callsWithoutFall = 0;
    int m_callsPutOff = 0;
};

} // namespace queuedeck::remote
