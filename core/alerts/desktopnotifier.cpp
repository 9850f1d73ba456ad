// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/alerts/desktopnotifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace queuedeck::alerts {

using base::Sentence;

namespace {
const QString kService = QStringLiteral("org.freedesktop.Notifications");
const QString kPath = QStringLiteral("/org/freedesktop/Notifications");
constexpr int kPatience = 5000; // ms
constexpr int kAsTheDesktopLikes = -1;
constexpr uchar kNormal = 1;
constexpr uchar kCritical = 2;

QDBusMessage callOf(const QString& method)
{
    return QDBusMessage::createMethodCall(kService, kPath, kService, method);
}

QString escaped(QString text)
{
    return text.replace(u'&', u"&amp;"_s).replace(u'<', u"&lt;"_s).replace(u'>', u"&gt;"_s);
}

QString withoutControls(QString text)
{
    for (QChar& c : text) {
        if (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
            c = u' ';
    }
    return text;
}
} // namespace

DesktopNotifier::DesktopNotifier(QObject* parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.connect(kService, kPath, kService, u"ActionInvoked"_s, this, SLOT(invoked(uint, QString)));
    bus.connect(kService, kPath, kService, u"NotificationClosed"_s, this, SLOT(closed(uint, uint)));
}

void DesktopNotifier::show(const QString& tag, const QString& title, const QString& text,
                           bool isUrgent, const QVector<Button>& buttons)
{
    const Wanted wanted{tag, title, text, isUrgent, buttons};
    if (m_isKnown) {
        send(wanted);
        return;
    }
    m_waiting += wanted;
    askCapabilities();
}

// Not every desktop shows buttons, and only some read markup, where texts have to be escaped.
void DesktopNotifier::askCapabilities()
{
    if (m_isAsking)
        return;
    m_isAsking = true;
    auto* watcher = new QDBusPendingCallWatcher(
        QDBusConnection::sessionBus().asyncCall(callOf(u"GetCapabilities"_s), kPatience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        m_isAsking = false;
        const QDBusPendingReply<QStringList> reply = *watcher;
        const QVector<Wanted> waiting = std::exchange(m_waiting, {});
        if (reply.isError()) { // asked again with the next one: a desktop may come later
            Q_EMIT failed(Sentence::tr("This desktop shows no notifications."));
            return;
        }
        m_isKnown = true;
        m_capabilities = reply.value();
        for (const Wanted& wanted : waiting)
            send(wanted);
    });
}

void DesktopNotifier::send(const Wanted& wanted)
{
    QStringList actions;
    if (m_capabilities.contains("actions"_L1)) {
        actions += {u"default"_s, Sentence::tr("Show").translated()};
        for (const Button& button : wanted.buttons)
            actions += {button.key, button.text};
    }
    const QString body = m_capabilities.contains("body-markup"_L1)
                             ? escaped(withoutControls(wanted.text))
                             : withoutControls(wanted.text);
    const QVariantMap hints{
        {u"urgency"_s, QVariant::fromValue<uchar>(wanted.isUrgent ? kCritical : kNormal)},
        {u"desktop-entry"_s, u"io.github.queuedeck.Queuedeck"_s},
        {u"category"_s, u"device.error"_s}};
    QDBusMessage call = callOf(u"Notify"_s);
    call.setArguments({u"Queuedeck"_s, m_ids.value(wanted.tag, 0U),
                       u"io.github.queuedeck.Queuedeck"_s, withoutControls(wanted.title), body,
                       actions, hints, kAsTheDesktopLikes});
    auto* watcher =
        new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, kPatience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, tag = wanted.tag] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError()) {
            m_isKnown = false; // whatever answers next may be another desktop
            Q_EMIT failed(Sentence::tr("This desktop did not show a notification: %1")
                              .arg(reply.error().message()));
            return;
        }
        m_ids[tag] = reply.value();
        Q_EMIT shown(tag);
    });
}

void DesktopNotifier::close(const QString& tag)
{
    if (const uint id = m_ids.take(tag); id != 0) {
        QDBusMessage call = callOf(u"CloseNotification"_s);
        call.setArguments({id});
        QDBusConnection::sessionBus().asyncCall(call, kPatience);
    }
}

void DesktopNotifier::invoked(uint id, const QString& key)
{
    const QString tag = m_ids.key(id);
    if (!tag.isEmpty())
        Q_EMIT pressed(tag, key);
}

void DesktopNotifier::closed(uint id, uint)
{
    m_ids.remove(m_ids.key(id));
}

} // namespace queuedeck::alerts
