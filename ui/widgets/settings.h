// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace queuedeck::ui {

/// One value that is remembered between runs: its key in the settings and its default. A stored
/// value of another type counts as not chosen. The file is private to the user; even so, no secret
/// is kept in it. GUI thread.
template <class T>
class Setting
{
public:
    explicit Setting(const QString& key, const T& usual = {})
        : m_key(key)
        , m_usual(usual)
    {
    }

    T read() const
    {
        const QVariant stored = QSettings().value(m_key);
        return stored.isValid() && stored.canConvert<T>() ? stored.value<T>() : m_usual;
    }
    void write(const T& value) const
    {
        QSettings settings;
        if (value == m_usual)
            settings.remove(m_key);
        else if (settings.value(m_key) != QVariant::fromValue(value))
            settings.setValue(m_key, QVariant::fromValue(value));
    }

private:
    QString m_key;
    T m_usual;
};

/// The keys, in one place.
namespace settings {

/// The address that was opened last, without its password; empty = none.
Setting<QString> lastAddress();
Setting<int> appearance(); ///< a ThemeChoice
Setting<bool> localTimes();
Setting<QByteArray> window(); ///< as QWidget::saveGeometry() gives it
Setting<bool> wholeSidebar();
/// The columns of a table, from left to right, as "column:width:hidden".
Setting<QStringList> columns(const QString& table);
/// Seconds between two polls of a database; `group` is SessionInfo::settingsGroup(). Unless the
/// user chose otherwise, an application's database is polled less often than a queue of our own.
Setting<int> interval(const QString& group, bool isOwn);

/// The filters used on a database, the last one first; see domain::remembered().
Setting<QStringList> recentQueries(const QString& group);

} // namespace settings

} // namespace queuedeck::ui
