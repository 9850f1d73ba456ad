// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/engine/remotepanel.h"

#include "core/async/deliver.h"
#include "core/remote/endpointaddress.h"
#include "core/service/changefeed.h"
#include "core/service/session.h"
#include "ui/engine/calllist.h"
#include "ui/engine/enginechoices.h"
#include "ui/engine/keydialog.h"
#include "ui/notice/errortext.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"
#include "ui/widgets/namedialog.h"
#include "ui/widgets/place.h"
#include "ui/widgets/shown.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QSettings>
#include <QSpinBox>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using remote::RemoteReport;
using remote::RemoteService;
using service::KeyInfo;
using service::KeyPurpose;

namespace {
QString urlKey(const service::Session& session)
{
    return session.info().settingsGroup() + u"/endpoint"_s;
}
} // namespace

RemotePanel::RemotePanel(service::Session& session, QWidget* parent)
    : Panel(tr("Remote trigger"), Content::Padded, parent)
    , m_session(session)
    , m_address(new QLineEdit(this))
    , m_addressNote(new Label({}, TextRole::Small, Color::Muted, this))
    , m_key(new Label({}, TextRole::Body, Color::Muted, this))
    , m_setKey(makeButton(tr("Set…"), this, ButtonRole::Link))
    , m_maxJobs(new QSpinBox(this))
    , m_drain(new QCheckBox(tr("Drain: repeat while pending falls"), this))
    , m_trigger(makeButton(Icon::RunNext, {}, this))
    , m_ask(makeButton(tr("Ask"), this))
    , m_cancel(makeButton(Icon::Stop, tr("Stop Waiting"), this))
    , m_now(new Label({}, TextRole::Body, Color::Text, this))
    , m_callsHead(new Label(tr("Last calls"), TextRole::Strong, Color::Text, this))
    , m_calls(new CallList(this))
{
    makeForm();
    setFocusProxy(m_address);
    m_settle.setSingleShot(true);
    m_settle.setInterval(std::chrono::milliseconds(400));
    m_tick.setInterval(std::chrono::seconds(1));
    connect(&m_settle, &QTimer::timeout, this, &RemotePanel::readUrl);
    connect(&m_tick, &QTimer::timeout, this, &RemotePanel::showProgress);
    connect(m_address, &QLineEdit::textEdited, this, [this] { m_settle.start(); });
    // Not editingFinished: it is also emitted while a focused field is destroyed with its window.
    connect(m_address, &QLineEdit::returnPressed, this, &RemotePanel::readUrl);
    connect(m_setKey, &QPushButton::clicked, this, &RemotePanel::setKey);
    connect(m_maxJobs, &QSpinBox::valueChanged, this, &RemotePanel::refresh);
    connect(m_drain, &QCheckBox::toggled, this, &RemotePanel::refresh);
    connect(m_trigger, &QPushButton::clicked, this, &RemotePanel::trigger);
    connect(m_ask, &QPushButton::clicked, this, &RemotePanel::ask);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_session.remote().cancel();
    });
    connect(&session.remote(), &RemoteService::progressed, this, [this](const RemoteReport& soFar) {
        if (!m_isCalling)
            return; // a schedule's call
        m_soFar = soFar;
        showProgress();
    });

    QString address = QSettings().value(urlKey(session)).toString();
    if (address.isEmpty())
        address = remote::urlOfEnvironment();
    m_address->setText(address);
    readUrl();
}

void RemotePanel::makeForm()
{
    m_address->setObjectName(u"endpoint"_s);
    m_address->setAccessibleName(tr("Endpoint"));
    m_address->setPlaceholderText(u"https://app.example"_s);
    m_addressNote->setObjectName(u"endpointNote"_s);
    m_addressNote->setWordWrap(true);
    m_key->setObjectName(u"keyState"_s);
    m_key->setWordWrap(true);
    m_setKey->setObjectName(u"setKey"_s);
    m_setKey->setAccessibleName(tr("Set the key"));
    m_maxJobs->setObjectName(u"maxJobs"_s);
    m_maxJobs->setAccessibleName(tr("Jobs per call"));
    m_maxJobs->setRange(1, 1000);
    m_maxJobs->setValue(10);
    m_maxJobs->setMinimumWidth(px(72));
    m_drain->setObjectName(u"drain"_s);
    m_trigger->setObjectName(u"trigger"_s);
    m_ask->setObjectName(u"ask"_s);
    setTip(m_ask, tr("Ask the endpoint how many jobs are pending; nothing is processed"));
    m_cancel->setObjectName(u"cancelCall"_s);
    m_now->setObjectName(u"now"_s);
    m_now->setWordWrap(true);

    auto* form = new QGridLayout;
    form->setContentsMargins({});
    form->setHorizontalSpacing(px(space::kM));
    form->setVerticalSpacing(px(space::kS));
    form->setColumnStretch(1, 1);
    const auto caption = [this](const QString& text, QWidget* buddy) {
        auto* label = new Label(text, TextRole::Body, Color::Muted, this);
        label->setBuddy(buddy);
        return label;
    };
    auto* key = new QHBoxLayout;
    key->addWidget(m_key, 1);
    key->addWidget(m_setKey);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(px(space::kS));
    buttons->addWidget(m_trigger);
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_ask);
    buttons->addStretch(1);
    form->addWidget(caption(tr("Endpoint"), m_address), 0, 0);
    form->addWidget(m_address, 0, 1);
    form->addWidget(m_addressNote, 1, 1);
    form->addWidget(caption(tr("Key"), m_setKey), 2, 0);
    form->addLayout(key, 2, 1);
    form->addWidget(caption(tr("Jobs per call"), m_maxJobs), 3, 0);
    form->addWidget(m_maxJobs, 3, 1, Qt::AlignLeft);
    form->addWidget(m_drain, 4, 1);
    form->addLayout(buttons, 5, 1);
    form->addWidget(m_now, 6, 1);
    content()->setSpacing(px(space::kM));
    content()->addLayout(form);
    content()->addWidget(m_callsHead);
    content()->addWidget(m_calls);
    m_now->hide();
    m_cancel->hide();
    m_callsHead->hide();
}

void RemotePanel::readUrl()
{
    m_settle.stop();
    const QString text = m_address->text().trimmed();
    QString url;
    m_addressNote->setVisible(!text.isEmpty());
    if (!text.isEmpty()) {
        const auto endpoint = remote::keptUrl(text);
        if (endpoint)
            url = *endpoint;
        const bool isSaid = endpoint && *endpoint == text;
        m_addressNote->setText(!endpoint ? endpoint.error().detail.translated()
                               : isSaid  ? QString()
                                         : tr("Called at %1").arg(*endpoint));
        m_addressNote->setColor(endpoint ? Color::Muted : Color::Danger);
        m_addressNote->setVisible(!isSaid);
    }
    // Only a callable address is kept: a refused one may hold a password or a key.
    if (text.isEmpty() || !url.isEmpty())
        QSettings().setValue(urlKey(m_session), url);
    if (url != m_url || url.isEmpty()) {
        m_url = url;
        readKey();
        Q_EMIT urlChanged(m_url);
    }
    refresh();
}

void RemotePanel::readKey()
{
    if (m_url.isEmpty()) {
        m_key->setText(tr("enter the endpoint first"));
        m_setKey->hide();
        return;
    }
    m_setKey->show();
    m_key->setText(tr("looking…"));
    async::deliver(m_session.keys().look({KeyPurpose::Kind::ProcessorKey, m_url}), this,
                   [this, url = m_url](const base::Result<KeyInfo>& info) {
                       if (url == m_url)
                           showKey(info);
                   });
}

void RemotePanel::showKey(const base::Result<KeyInfo>& info)
{
    if (!info) {
        m_key->setText(errorLine(info.error()));
        return;
    }
    switch (info->source) {
    case KeyInfo::Source::None: m_key->setText(tr("none")); break;
    case KeyInfo::Source::Environment: m_key->setText(tr("from %1").arg(info->variable)); break;
    case KeyInfo::Source::Keychain: m_key->setText(tr("in the keychain")); break;
    case KeyInfo::Source::ThisRunOnly: m_key->setText(tr("until Queuedeck is closed")); break;
    }
    setTip(m_key, info->sentence.translated());
    m_setKey->setText(info->isSet() ? tr("Replace…") : tr("Set…"));
}

void RemotePanel::setKey()
{
    auto* dialog =
        new KeyDialog(m_session.keys(), {KeyPurpose::Kind::ProcessorKey, m_url}, window());
    connect(dialog, &KeyDialog::changed, this, &RemotePanel::readKey);
    connect(dialog, &KeyDialog::copied, this, &RemotePanel::copied);
    dialog->open();
}

void RemotePanel::trigger()
{
    readUrl();
    if (m_isCalling || !m_trigger->isEnabled())
        return;
    askForName(window(),
               {tr("Have jobs run by the endpoint?"),
                tr("It runs jobs of this database: %1").arg(showControls(m_url)), tr("Don’t Call"),
                tr("Call")},
               [this] { call(); });
}

void RemotePanel::call()
{
    m_isCalling = true;
    m_soFar = {};
    m_since.start();
    m_tick.start();
    m_cancel->setEnabled(true);
    refresh();
    showProgress();
    const remote::RemoteAddress address{{}, m_url};
    async::deliver(m_drain->isChecked() ? m_session.remote().drain(address, m_maxJobs->value())
                                        : m_session.remote().trigger(address, m_maxJobs->value()),
                   this, [this](const base::Result<RemoteReport>& report) { end(report); });
}

void RemotePanel::showProgress()
{
    const QString waited = formatDuration(std::chrono::milliseconds(m_since.elapsed()));
    QStringList parts{m_soFar.calls > 1 ? tr("Call %1, %2").arg(m_soFar.calls).arg(waited)
                                        : tr("Waiting for the answer, %1").arg(waited)};
    if (const QString pending = CallList::pendingText(m_soFar); !pending.isEmpty())
        parts += pending;
    m_now->setText(parts.join(u'\n'));
}

void RemotePanel::end(const base::Result<RemoteReport>& result)
{
    m_isCalling = false;
    m_tick.stop();
    m_session.changes().poke();
    refresh();
    if (!result) { // it could not start
        say(result.error().detail.translated(), Color::Danger);
        return;
    }
    m_calls->add(QDateTime::currentDateTimeUtc(), *result);
    m_callsHead->show();
    Q_EMIT called(*result);
}

void RemotePanel::ask()
{
    readUrl();
    if (m_isAsking || m_url.isEmpty())
        return;
    m_isAsking = true;
    refresh();
    async::deliver(m_session.remote().status({{}, m_url}), this,
                   [this](const base::Result<remote::RemoteQueue>& queue) {
                       m_isAsking = false;
                       refresh();
                       if (queue)
                           say(queue->sentence.translated(), Color::Text);
                       else
                           say(queue.error().detail.translated(), Color::Danger);
                   });
}

void RemotePanel::say(const QString& text, Color color)
{
    m_now->setText(showControls(text));
    m_now->setColor(color);
    m_now->show();
}

void RemotePanel::refresh()
{
    const bool isReadOnly = m_session.info().readOnly;
    const QString jobs = formatCount(m_maxJobs->value());
    m_trigger->setText(m_drain->isChecked() ? tr("Drain: %1 jobs a call").arg(jobs)
                                            : tr("Trigger: up to %1 jobs").arg(jobs));
    m_trigger->setEnabled(!m_url.isEmpty() && !isReadOnly && !m_isCalling);
    setTip(m_trigger, isReadOnly        ? tr("Read-only: jobs are not run from this connection.")
                      : m_url.isEmpty() ? tr("Enter the endpoint first.")
                                        : QString());
    m_trigger->setVisible(!m_isCalling);
    m_cancel->setVisible(m_isCalling);
    m_ask->setEnabled(!m_url.isEmpty() && !m_isAsking);
    m_now->setColor(Color::Text);
    m_now->setVisible(m_isCalling);
    m_address->setEnabled(!m_isCalling);
}

} // namespace queuedeck::ui
