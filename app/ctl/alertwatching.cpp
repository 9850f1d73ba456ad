// SPDX-License-Identifier: GPL-3.0-or-later
// watch: alerts without a window.
#include "app/ctl/await.h"
#include "app/ctl/commands.h"
#include "app/ctl/jsonshapes.h"
#include "app/ctl/watching.h"
#include "app/endsignals.h"
#include "core/alerts/alertmoment.h"
#include "core/alerts/statefile.h"
#include "core/alerts/webhookmessage.h"
#include "core/base/clock.h"
#include "core/db/databaseurl.h"
#include "core/remote/endpointaddress.h"
#include "core/service/alertservice.h"
#include "core/service/changefeed.h"
#include "core/service/home.h"
#include "core/service/snapshotfeed.h"

#include <QFileInfo>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace queuedeck::ctl {

using alerts::AlertEntry;
using alerts::AlertMoment;
using alerts::AlertWatch;
using alerts::Rule;
using alerts::Telling;
using base::ErrorKind;
using base::Sentence;

namespace {
constexpr std::chrono::seconds kOpenAgain = 10s;
constexpr std::chrono::milliseconds kOnceStep = 200ms;
constexpr int kOnceSteps = 25; // until everything is known that can be: 5 s

QString timeOf(const QDateTime& time)
{
    return time.toUTC().toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QJsonObject eventJson(const QString& event, const AlertEntry& entry)
{
    QJsonObject json = alerts::entryJson(entry);
    json[u"event"_s] = event;
    json[u"at"_s] = timeJson(base::Clock::system().now());
    return json;
}

service::Session::Options optionsOf(const Context& context)
{
    service::Session::Options options;
    options.address = context.address;
    options.readOnly = context.readOnly;
    return options;
}

/// A database that does not answer is worth waiting for; other errors are for a person to mend.
bool mayReturn(const base::Error& error)
{
    return error.kind == ErrorKind::Unreachable || error.kind == ErrorKind::Timeout;
}

/// One run of watch: the alerts, and the session, which is opened as soon as that is possible.
class Watching : public QObject
{
public:
    Watching(Context& context, const service::AlertService::Options& options,
             const service::AlertSampler::Endpoint& endpoint)
        : m_context(context)
        , m_alerts(options)
    {
        m_alerts.setEndpoint(endpoint);
        AlertWatch& watch = m_alerts.watch();
        watch.setCanShow(false, false);
        m_again.setSingleShot(true);
        connect(&m_again, &QTimer::timeout, this, &Watching::open);
        connect(&watch, &AlertWatch::told, this, &Watching::tell);
        connect(&watch, &AlertWatch::changed, this, &Watching::tellTrouble);
        connect(&watch, &AlertWatch::rulesChanged, this, &Watching::tellTrouble);
        connect(&m_alerts, &service::AlertService::webhookProblemChanged, this,
                [this] { noteOnce(m_webhookSaid, m_alerts.webhookProblem()); });
    }
    ~Watching() override { m_alerts.detach(); } // before the session goes

    /// Returns once the files were read.
    void ready()
    {
        QEventLoop loop;
        connect(&m_alerts.watch(), &AlertWatch::readied, &loop, &QEventLoop::quit);
        if (!m_alerts.watch().isReady())
            loop.exec();
    }

    const alerts::SavedRules& rules() const { return m_alerts.watch().rules(); }

    /// Opens the database, or says why not; an error that only a person can mend.
    tl::expected<void, Failure> openFirst()
    {
        const auto opened = await(service::Session::open(optionsOf(m_context)));
        if (opened) {
            use(*opened);
            return {};
        }
        if (!mayReturn(opened.error()))
            return tl::unexpected(Failure(opened.error()));
        setLost(opened.error());
        return {};
    }

    void begin()
    {
        const alerts::Rules& all = rules().file.rules;
        qsizetype on = 0;
        for (const Rule& rule : all)
            on += rule.isOn ? 1 : 0;
        m_context.console.note(u"Watching %1 of %2 rules. Ctrl+C stops."_s.arg(on).arg(all.size()));
        if (m_alerts.watch().isElsewhere())
            m_context.console.note(u"Another Queuedeck of this user watches the same database and "
                                   "sends what is due; this one prints it."_s);
        for (const AlertEntry& entry : m_alerts.watch().entries()) {
            if (entry.isOn())
                print(u"on"_s, entry, Telling::Kind::Began);
        }
        m_context.console.flush();
    }

private:
    void use(const service::Opened& opened)
    {
        m_session = std::make_unique<service::Session>(opened);
        m_alerts.attach(*m_session);
        m_session->snapshots().refresh();
    }

    void setLost(const base::Error& error)
    {
        m_alerts.setLost(true);
        noteOnce(m_openSaid, error.detail);
        m_again.start(kOpenAgain);
    }

    void open()
    {
        async::deliver(service::Session::open(optionsOf(m_context)), this,
                       [this](const base::Result<service::Opened>& opened) {
                           if (!opened) {
                               setLost(opened.error());
                               return;
                           }
                           m_alerts.setLost(false);
                           m_openSaid.clear();
                           use(*opened);
                       });
    }

    void tell(const Telling& telling)
    {
        const bool isBegin = telling.kind == Telling::Kind::Began;
        print(isBegin ? u"began"_s : u"ended"_s, telling.entry, telling.kind);
        m_context.console.flush();
    }

    void print(const QString& event, const AlertEntry& entry, Telling::Kind kind)
    {
        if (m_context.console.isJson()) {
            m_context.console.json(eventJson(event, entry));
            return;
        }
        const QDateTime at = kind == Telling::Kind::Began ? entry.began : entry.ended;
        m_context.console.line(u"%1  %2  %3"_s.arg(timeOf(at), event.leftJustified(5),
                                                   visible(tellingText(entry, kind))));
    }

    void tellTrouble() { noteOnce(m_troubleSaid, m_alerts.watch().problem()); }

    void noteOnce(QString& said, const Sentence& sentence)
    {
        if (std::exchange(said, sentence) != sentence && !sentence.isEmpty())
            m_context.console.note(u"queuedeckctl: "_s + visible(sentence));
    }

    Context& m_context;
    QString m_troubleSaid;
    QString m_webhookSaid;
    QString m_openSaid;
    QTimer m_again{this};
    service::AlertService m_alerts;
    std::unique_ptr<service::Session> m_session;
};

/// A sample with all that can be known of the rules' figures.
alerts::Sample sampleNow(service::Session& session, const alerts::Rules& rules,
                         const app::EndSignals& stop,
                         const service::AlertSampler::Endpoint& endpoint)
{
    const alerts::Figures wanted = alerts::figuresOf(rules);
    service::AlertSampler sampler;
    sampler.setFigures(wanted);
    sampler.setEndpoint(endpoint);
    alerts::Sample newest;
    QObject::connect(&sampler, &service::AlertSampler::sampled, &sampler,
                     [&newest](const alerts::Sample& sample) { newest = sample; });
    sampler.attach(session);
    for (int step = 0; step < kOnceSteps; ++step) {
        session.snapshots().refresh();
        if (!waitUnlessStopped(stop, kOnceStep))
            break;
        const bool isWhole =
            std::all_of(wanted.begin(), wanted.end(), [&newest](const alerts::Figure& figure) {
                return newest.value(figure).has_value();
            });
        if (isWhole)
            break;
    }
    sampler.detach();
    return newest;
}

QString stateWord(AlertMoment::State state)
{
    switch (state) {
    case AlertMoment::State::Off: return u"off"_s;
    case AlertMoment::State::Holds: return u"holds"_s;
    case AlertMoment::State::Quiet: return u"quiet"_s;
    case AlertMoment::State::Unknown: break;
    }
    return u"unknown"_s;
}

// Nothing is recorded and nobody is told.
Done once(Context& context, const alerts::SavedRules& rules, const app::EndSignals& stop,
          const service::AlertSampler::Endpoint& endpoint)
{
    const auto opened = await(service::Session::open(optionsOf(context)));
    if (!opened && !mayReturn(opened.error()))
        return tl::unexpected(Failure(opened.error()));
    alerts::Sample sample{base::Clock::system().now()};
    sample.values[{alerts::Series::Database}] = 0;
    if (opened) {
        service::Session session(*opened);
        sample = sampleNow(session, rules.file.rules, stop, endpoint);
    } else {
        context.console.note(u"queuedeckctl: "_s + visible(opened.error().detail));
    }
    bool holds = false;
    QVector<QStringList> rows;
    for (const Rule& rule : rules.file.rules) {
        const AlertMoment moment = momentOf(rule, sample);
        holds = holds || moment.state == AlertMoment::State::Holds;
        const QString value =
            moment.value ? valueText(rule.when.first().series, *moment.value) : u"-"_s;
        const QString word = stateWord(moment.state);
        if (context.console.isJson())
            context.console.json(
                {{u"event"_s, u"state"_s},
                 {u"at"_s, timeJson(base::Clock::system().now())},
                 {u"rule"_s, rule.id},
                 {u"name"_s, rule.name},
                 {u"when"_s, ruleText(rule)},
                 {u"state"_s, word},
                 {u"value"_s, moment.value ? QJsonValue(*moment.value) : QJsonValue()}});
        rows += {word, value, visible(rule.name), visible(ruleText(rule))};
    }
    if (!context.console.isJson())
        context.console.line(table({u"STATE"_s, u"VALUE"_s, u"RULE"_s, u"WHEN"_s}, rows));
    if (!opened)
        return kUnreachable;
    return holds ? kWorkFailed : kDone;
}
} // namespace

Done run(Context& context, const Watch& watch)
{
    const QString key = service::keyOfAddress(context.address);
    const auto url = db::DatabaseUrl::parse(context.address);
    if (key.isEmpty())
        return tl::unexpected(Failure(url.error()));
    const QString rules =
        watch.rules.isEmpty() ? QString() : QFileInfo(watch.rules).absoluteFilePath();
    if (!rules.isEmpty() && !QFileInfo::exists(rules))
        return tl::unexpected(Failure(
            base::fail(ErrorKind::Invalid,
                       Sentence::tr("There is no file %1 with alert rules.").arg(watch.rules))));
    QString endpoint = watch.endpoint.isEmpty() ? remote::urlOfEnvironment() : watch.endpoint;
    if (!endpoint.isEmpty()) {
        const auto known = remote::endpointUrl(endpoint);
        if (!known)
            return tl::unexpected(Failure(known.error()));
        endpoint = *known;
    }
    const app::EndSignals stop;
    const QString name = !context.connection.isEmpty() ? context.connection
                         : context.address.isEmpty()   ? u"queuedeck.db"_s
                                                       : url->name();
    const auto ofEndpoint = [endpoint] { return endpoint; };
    if (!rules.isEmpty() || watch.once) {
        const QString file = rules.isEmpty() ? service::alertRulesFile(key) : rules;
        const alerts::SavedRules read =
            alerts::AlertFiles(file, service::alertStateFile(key)).readRules();
        if (!read.unreadable.isEmpty())
            return tl::unexpected(Failure(base::fail(
                ErrorKind::Invalid, Sentence::tr("The alert rules in %1 cannot be read: %2.")
                                        .arg(file, read.unreadable))));
        if (watch.once)
            return once(context, read, stop, ofEndpoint);
    }
    Watching watching(context, {key, name, rules}, ofEndpoint);
    watching.ready();
    if (const auto opened = watching.openFirst(); !opened)
        return tl::unexpected(opened.error());
    watching.begin();
    if (!stop.isAsked()) {
        QEventLoop untilStopped;
        QObject::connect(&stop, &app::EndSignals::endAsked, &untilStopped, &QEventLoop::quit);
        untilStopped.exec();
    }
    return kDone;
}

} // namespace queuedeck::ctl
