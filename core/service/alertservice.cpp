// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/alertservice.h"

#include "core/alerts/webhookmessage.h"
#include "core/async/deliver.h"
#include "core/service/home.h"

#include <QPromise>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace queuedeck::service {

using alerts::AlertEntry;
using alerts::Delivery;
using alerts::Telling;
using alerts::WebhookAnswer;
using alerts::WebhookTarget;
using base::ErrorKind;
using base::fail;
using base::Result;
using base::Secret;
using base::Sentence;

namespace {
Sentence answerText(const WebhookAnswer& answer)
{
    return Sentence::tr("answered %1").arg(answer.status);
}
} // namespace

AlertService::AlertService(const Options& options)
    : m_options(options)
    , m_watch(options.rulesFile.isEmpty() ? alertRulesFile(options.key) : options.rulesFile,
              alertStateFile(options.key))
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &AlertService::sendNext);
    connect(&m_sampler, &AlertSampler::sampled, &m_watch, &alerts::AlertWatch::take);
    connect(&m_watch, &alerts::AlertWatch::rulesChanged, this,
            [this] { m_sampler.setFigures(alerts::figuresOf(m_watch.rules().file.rules)); });
    connect(&m_watch, &alerts::AlertWatch::told, this, &AlertService::sendNext);
    connect(&m_watch, &alerts::AlertWatch::readied, this, &AlertService::sendNext);
}

AlertService::~AlertService() = default;

// The oldest first: a recovery never arrives before its alert.
std::optional<AlertService::Waiting> AlertService::firstWaiting() const
{
    const alerts::AlertEntries& entries = m_watch.entries();
    for (qsizetype i = entries.size() - 1; i >= 0; --i) {
        if (entries[i].webhookBegin == Delivery::Waiting)
            return Waiting{entries[i], Telling::Kind::Began};
        if (entries[i].webhookEnd == Delivery::Waiting)
            return Waiting{entries[i], Telling::Kind::Ended};
    }
    return {};
}

void AlertService::sendNext()
{
    if (m_isSending || m_again.isActive() || m_watch.isElsewhere())
        return;
    const auto waiting = firstWaiting();
    if (!waiting) {
        setWebhookProblem({});
        return;
    }
    m_isSending = true;
    async::deliver(
        m_keys.reveal(webhookAddress()), this, [this, waiting](const Result<Secret>& address) {
            async::deliver(
                m_keys.reveal(webhookKey()), this,
                [this, waiting, address](const Result<Secret>& key) {
                    send(*waiting, {address ? *address : Secret(), key ? *key : Secret()});
                });
        });
}

void AlertService::send(const Waiting& waiting, const WebhookTarget& target)
{
    if (target.address.isEmpty()) {
        answered(waiting,
                 fail(ErrorKind::NotFound,
                      Sentence::tr("The webhook has no address: enter one in Alerts, or set "
                                   "QUEUEDECK_WEBHOOK_URL.")));
        return;
    }
    async::deliver(
        m_webhook.send(target, webhookBody(waiting.entry, waiting.kind, m_options.name),
                       webhookId(waiting.entry, waiting.kind)),
        this, [this, waiting](const Result<WebhookAnswer>& answer) { answered(waiting, answer); });
}

void AlertService::answered(const Waiting& waiting, const Result<WebhookAnswer>& answer)
{
    m_isSending = false;
    const AlertEntry& entry = waiting.entry;
    if (answer && answer->isTaken()) {
        m_failures = 0;
        m_watch.setDelivery(entry.id, waiting.kind, Delivery::Done);
        sendNext();
        return;
    }
    const QDateTime since = waiting.kind == Telling::Kind::Began ? entry.began : entry.ended;
    const bool isTooOld = since.secsTo(base::Clock::system().now()) >
                          std::chrono::seconds(alerts::kWebhookPatience).count();
    const bool isFinal = answer && answer->isFinal();
    setWebhookProblem(answer ? Sentence::tr("The webhook %1.").arg(answerText(*answer))
                             : answer.error().detail);
    if (isTooOld || isFinal) {
        m_failures = 0;
        m_watch.setDelivery(entry.id, waiting.kind, Delivery::GivenUp);
        if (firstWaiting())
            sendNext();
        return;
    }
    ++m_failures;
    m_again.start(alerts::webhookPause(m_failures, answer ? answer->retryAfter : std::nullopt));
}

void AlertService::retryWebhook()
{
    m_failures = 0;
    m_again.stop();
    sendNext();
}

void AlertService::setWebhookProblem(const Sentence& problem)
{
    if (std::exchange(m_webhookProblem, problem) != problem)
        Q_EMIT webhookProblemChanged();
}

QFuture<Result<QString>> AlertService::webhookHost() const
{
    return m_keys.reveal(webhookAddress()).then([](const Result<Secret>& address) {
        return address ? Result<QString>(alerts::webhookHost(QString::fromUtf8(address->reveal())))
                       : Result<QString>(address.error());
    });
}

QFuture<Result<Sentence>> AlertService::sendTest(const QString& address)
{
    auto promise = std::make_shared<QPromise<Result<Sentence>>>();
    promise->start();
    const auto finish = [promise](const Result<Sentence>& result) {
        promise->addResult(result);
        promise->finish();
    };
    const auto sendTo = [this, finish](const Secret& to) {
        if (const base::Status good = alerts::checkWebhookAddress(QString::fromUtf8(to.reveal()));
            !good) {
            finish(good.error());
            return;
        }
        async::deliver(
            m_keys.reveal(webhookKey()), this, [this, finish, to](const Result<Secret>& key) {
                const QDateTime now = base::Clock::system().now();
                async::deliver(m_webhook.send({to, key ? *key : Secret()},
                                              alerts::webhookTestBody(m_options.name, now),
                                              u"test-%1"_s.arg(now.toSecsSinceEpoch())),
                               this, [finish](const Result<WebhookAnswer>& answer) {
                                   if (!answer)
                                       finish(answer.error());
                                   else if (answer->isTaken())
                                       finish(answerText(*answer));
                                   else
                                       finish(fail(ErrorKind::Denied, answerText(*answer)));
                               });
            });
    };
    if (!address.trimmed().isEmpty()) {
        sendTo(Secret(address.trimmed().toUtf8()));
    } else {
        async::deliver(m_keys.reveal(webhookAddress()), this,
                       [sendTo](const Result<Secret>& kept) { sendTo(kept ? *kept : Secret()); });
    }
    return promise->future();
}

} // namespace queuedeck::service
