// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/alerts/channelsform.h"

#include "core/alerts/webhook.h"
#include "ui/widgets/button.h"
#include "ui/widgets/format.h"
#include "ui/widgets/label.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QTimeEdit>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

using Days = alerts::QuietHours::Days;

ChannelsForm::ChannelsForm(QWidget* parent)
    : QWidget(parent)
    , m_desktop(new QCheckBox(tr("Desktop notification"), this))
    , m_tray(new QCheckBox(tr("Tray badge"), this))
    , m_webhook(new QCheckBox(this))
    , m_address(new QLineEdit(this))
    , m_test(makeButton(tr("Send a Test"), this))
    , m_key(makeButton(tr("Key…"), this, ButtonRole::Quiet))
    , m_quiet(new QCheckBox(this))
    , m_from(new QTimeEdit(this))
    , m_to(new QTimeEdit(this))
    , m_days(new QComboBox(this))
    , m_said(new Label({}, TextRole::Small, Color::Muted))
{
    m_desktop->setObjectName(u"desktop"_s);
    m_tray->setObjectName(u"tray"_s);
    m_webhook->setObjectName(u"webhook"_s);
    m_webhook->setAccessibleName(tr("Webhook"));
    m_address->setObjectName(u"webhookAddress"_s);
    m_address->setAccessibleName(tr("Address of the webhook"));
    m_address->setMaxLength(2000);
    m_test->setObjectName(u"sendTest"_s);
    m_key->setObjectName(u"signingKey"_s);
    m_key->setAccessibleName(tr("Signing key of the webhook"));
    m_quiet->setObjectName(u"quiet"_s);
    m_quiet->setAccessibleName(tr("Quiet hours"));
    m_from->setObjectName(u"quietFrom"_s);
    m_from->setAccessibleName(tr("Quiet from"));
    m_to->setObjectName(u"quietTo"_s);
    m_to->setAccessibleName(tr("Quiet to"));
    m_days->setObjectName(u"quietDays"_s);
    m_days->setAccessibleName(tr("Quiet on these days"));
    m_said->setObjectName(u"channelsSaid"_s);
    m_said->setWordWrap(true);
    for (QTimeEdit* time : {m_from, m_to}) {
        time->setDisplayFormat(u"HH:mm"_s);
        time->setButtonSymbols(QAbstractSpinBox::NoButtons);
    }
    m_days->addItem(tr("every day"), int(Days::Every));
    m_days->addItem(tr("on workdays"), int(Days::Workdays));
    m_days->addItem(tr("at weekends"), int(Days::Weekend));

    const auto title = [](const QString& text) {
        return new Label(text, TextRole::Body, Color::Muted);
    };
    const auto row = [](const QList<QWidget*>& widgets, QWidget* wide) {
        auto* layout = new QHBoxLayout;
        layout->setSpacing(px(space::kS));
        for (QWidget* widget : widgets)
            layout->addWidget(widget, widget == wide ? 1 : 0);
        if (!wide)
            layout->addStretch(1);
        return layout;
    };
    auto* form = new QFormLayout(this);
    form->setContentsMargins({});
    form->setHorizontalSpacing(px(space::kM));
    form->setVerticalSpacing(px(space::kS));
    form->addRow(title(tr("Here")), row({m_desktop, m_tray}, nullptr));
    form->addRow(title(tr("Webhook")), row({m_webhook, m_address, m_test, m_key}, m_address));
    form->addRow(title(tr("Quiet")),
                 row({m_quiet, m_from, new Label(tr("to")), m_to, m_days}, nullptr));
    form->addRow(QString(), m_said);
    for (QCheckBox* box : {m_desktop, m_tray, m_webhook, m_quiet}) {
        connect(box, &QCheckBox::toggled, this, [this] {
            refresh();
            Q_EMIT edited();
        });
    }
    connect(m_address, &QLineEdit::textEdited, this, [this] {
        if (!m_address->text().trimmed().isEmpty())
            m_webhook->setChecked(true);
        say({}, false);
        Q_EMIT edited();
    });
    for (QTimeEdit* time : {m_from, m_to})
        connect(time, &QTimeEdit::timeChanged, this, &ChannelsForm::edited);
    connect(m_days, &QComboBox::activated, this, &ChannelsForm::edited);
    connect(m_test, &QPushButton::clicked, this, [this] { Q_EMIT testWanted(address()); });
    connect(m_key, &QPushButton::clicked, this, &ChannelsForm::keyWanted);
    setKeptHost({});
    say({}, false);
    refresh();
}

void ChannelsForm::setChannels(const alerts::Channels& channels)
{
    const QSignalBlocker quiet(this);
    m_desktop->setChecked(channels.desktop);
    m_tray->setChecked(channels.tray);
    m_webhook->setChecked(channels.webhook);
    m_quiet->setChecked(channels.quiet.isOn);
    m_from->setTime(channels.quiet.from);
    m_to->setTime(channels.quiet.to);
    m_days->setCurrentIndex(m_days->findData(int(channels.quiet.days)));
    refresh();
}

alerts::Channels ChannelsForm::channels() const
{
    alerts::Channels channels;
    channels.desktop = m_desktop->isChecked();
    channels.tray = m_tray->isChecked();
    channels.webhook = m_webhook->isChecked();
    channels.quiet = {m_quiet->isChecked(), m_from->time(), m_to->time(),
                      Days(m_days->currentData().toInt())};
    return channels;
}

void ChannelsForm::setKeptHost(const QString& host)
{
    m_keptHost = host;
    m_address->setPlaceholderText(host.isEmpty() ? tr("https://hooks.slack.com/services/…")
                                                 : tr("kept: https://%1/…").arg(host));
    refresh();
}

QString ChannelsForm::address() const
{
    return m_address->text().trimmed();
}

QString ChannelsForm::problem() const
{
    if (address().isEmpty())
        return m_webhook->isChecked() && m_keptHost.isEmpty()
                   ? tr("Enter the address of the webhook, or turn it off.")
                   : QString();
    const base::Status good = alerts::checkWebhookAddress(address());
    return good ? QString() : good.error().detail.translated();
}

void ChannelsForm::say(const QString& text, bool isProblem)
{
    m_said->setColor(isProblem ? Color::Danger : Color::Muted);
    m_said->setText(text.isEmpty() ? tr("In quiet hours only the tray badge changes.") : text);
}

void ChannelsForm::setTesting(bool isTesting)
{
    m_isTesting = isTesting;
    m_test->setText(isTesting ? tr("Sending…") : tr("Send a Test"));
    refresh();
}

void ChannelsForm::refresh()
{
    for (QWidget* part : {static_cast<QWidget*>(m_from), static_cast<QWidget*>(m_to),
                          static_cast<QWidget*>(m_days)})
        part->setEnabled(m_quiet->isChecked());
    m_test->setEnabled(!m_isTesting);
}

} // namespace queuedeck::ui
