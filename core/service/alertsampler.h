// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertsample.h"
#include "core/domain/history.h"
#include "core/service/finishtally.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace queuedeck::service {

class Session;

/// Makes samples for alert rules from what a session reads anyway, and asks for little more: a
/// short history where jobs that finish are watched, the engines, the endpoint once a minute.
/// While the database does not answer, says so every few seconds; while the session is paused, says
/// nothing. Lives on the GUI thread.
class AlertSampler : public QObject
{
    Q_OBJECT

public:
    /// The address of the endpoint to watch; empty: none.
    using Endpoint = std::function<QString()>;

    AlertSampler();
    ~AlertSampler() override;

    /// From now on `session` is watched, which must outlive this or be detached.
    void attach(Session& session);
    void detach();
    /// For a program that cannot open the database at all.
    void setLost(bool isLost);
    void setFigures(const alerts::Figures& figures) { m_figures = figures; }
    void setEndpoint(Endpoint endpoint) { m_endpoint = std::move(endpoint); }

Q_SIGNALS:
    void sampled(const queuedeck::alerts::Sample& sample);

private:
    struct Read
    {
        domain::History history;
        qint64 at = 0;
        bool isAsking = false;
    };

    void takeSnapshot();
    void sampleLost();
    bool isNeeded(alerts::Series series) const;
    std::optional<double> valueOf(const alerts::Figure& figure,
                                  const domain::QueueSnapshot& snapshot) const;
    std::optional<FinishTally::Finished> finished(const alerts::Figure& figure) const;
    void readHistories();
    void readHistory(const QString& type);
    void readEngines();
    void askEndpoint();
    void callEndpoint(const QString& url);

    Session* m_session = nullptr;
    QObject* m_receiver = nullptr; ///< of the session's answers; goes with it
    alerts::Figures m_figures;
    Endpoint m_endpoint;
    FinishTally m_tally;
    std::map<QString, Read> m_histories; ///< by type
    std::optional<int> m_engines;
    qint64 m_enginesAt = 0;
    bool m_isAskingEngines = false;
    std::optional<int> m_endpointFailures;
    qint64 m_endpointAt = 0;
    bool m_isAskingEndpoint = false;
    QTimer m_lost{this};
};

} // namespace queuedeck::service
