// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/sentence.h"

#include <QHash>
#include <QObject>
#include <QVector>

namespace queuedeck::alerts {

/// Notifications of the desktop, by the freedesktop specification over D-Bus, with buttons where
/// the desktop has them. Nothing here waits: without a desktop, calls end by themselves and
/// failed() says so. GUI thread.
class DesktopNotifier : public QObject
{
    Q_OBJECT

public:
    struct Button
    {
        QString key; ///< for pressed()
        QString text;
    };

    explicit DesktopNotifier(QObject* parent = nullptr);

    /// Shows a notification, in place of an earlier one with this tag. Texts are shown as they are,
    /// whatever markup is in them.
    void show(const QString& tag, const QString& title, const QString& text, bool isUrgent,
              const QVector<Button>& buttons);
    void close(const QString& tag);

Q_SIGNALS:
    /// A button, or "default" for the notification itself.
    void pressed(const QString& tag, const QString& key);
    void shown(const QString& tag);
    void failed(const queuedeck::base::Sentence& why);

private Q_SLOTS:
    void invoked(uint id, const QString& key);
    void closed(uint id, uint reason);

private:
    struct Wanted
    {
        QString tag;
        QString title;
        QString text;
        bool isUrgent = false;
        QVector<Button> buttons;
    };

    void askCapabilities();
    void send(const Wanted& wanted);

    QHash<QString, uint> m_ids; ///< by tag, of what is shown now
    QVector<Wanted> m_waiting;  ///< until it is known what the desktop can do
    QStringList m_capabilities;
    bool m_isKnown = false;
    bool m_isAsking = false;
};

} // namespace queuedeck::alerts
