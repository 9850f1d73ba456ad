// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/alerts/alertwatch.h"
#include "core/alerts/webhook.h"
#include "core/service/alertsampler.h"
#include "core/service/keyservice.h"

#include <QObject>

namespace queuedeck::service {

class Session;

/// The alerts of one database: samples it, watches the rules, and sends what is due to the webhook,
/// again and again until it has arrived. What else a program can do to tell people, it does on
/// watch().told(). Lives on the GUI thread; needs no session, since a database that cannot be
/// opened is an alert as well.
class AlertService : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString key;            ///< SessionInfo::key
        QString name;           ///< of the database, for messages
        QString rulesFile = {}; ///< empty: that of the database, in the home folder
    };

    explicit AlertService(const Options& options);
    ~AlertService() override;

    void attach(Session& session) { m_sampler.attach(session); }
    void detach() { m_sampler.detach(); }
    /// The database cannot be opened.
    void setLost(bool isLost) { m_sampler.setLost(isLost); }
    void setEndpoint(AlertSampler::Endpoint endpoint)
    {
        m_sampler.setEndpoint(std::move(endpoint));
    }

    alerts::AlertWatch& watch() { return m_watch; }
    const alerts::AlertWatch& watch() const { return m_watch; }

    KeyPurpose webhookAddress() const { return {KeyPurpose::Kind::WebhookAddress, m_options.key}; }
    KeyPurpose webhookKey() const { return {KeyPurpose::Kind::WebhookKey, m_options.key}; }
    /// Sends a message now, whatever the rules and the quiet hours say, to `address` or (empty) to
    /// the one that is kept. The sentence says how it was answered; an error why it was not taken.
    QFuture<base::Result<base::Sentence>> sendTest(const QString& address);
    /// Of the address that is kept; empty: none is. The address itself is never shown.
    QFuture<base::Result<QString>> webhookHost() const;
    /// Why the last message has not arrived; empty if all have.
    base::Sentence webhookProblem() const { return m_webhookProblem; }
    /// The address or the key has changed: what waits is tried at once.
    void retryWebhook();

Q_SIGNALS:
    void webhookProblemChanged();

private:
    struct Waiting
    {
        alerts::AlertEntry entry;
        alerts::Telling::Kind kind = alerts::Telling::Kind::Began;
    };

    std::optional<Waiting> firstWaiting() const;
    void sendNext();
    void send(const Waiting& waiting, const alerts::WebhookTarget& target);
    void answered(const Waiting& waiting, const base::Result<alerts::WebhookAnswer>& answer);
    void setWebhookProblem(const base::Sentence& problem);

    const Options m_options;
    alerts::AlertWatch m_watch;
    AlertSampler m_sampler;
    KeyService m_keys;
    QTimer m_again{this};
    int m_failures = 0; ///< of the message that is sent now
    bool m_isSending = false;
    base::Sentence m_webhookProblem;
    alerts::Webhook m_webhook;
};

} // namespace queuedeck::service
