// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

#include <type_traits>

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
        if constexpr (std::is_same_v<T, int>) { // a file holds texts
            bool isNumber = false;
            const qlonglong number = stored.toLongLong(&isNumber);
            return isNumber && number == int(number) ? int(number) : m_usual;
        }
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
Setting<int> appearance();  ///< a ThemeChoice
Setting<int> textPercent(); ///< of the desktop's font; applied at the next start
Setting<int> rowDensity();  ///< a RowDensity::Level
Setting<bool> localTimes();
Setting<bool> showsTimes();   ///< columns show times instead of ages
Setting<QByteArray> window(); ///< as QWidget::saveGeometry() gives it
Setting<bool> wholeSidebar();
/// The columns of a table, from left to right, as "column:width:hidden".
Setting<QStringList> columns(const QString& table);
/// Where the last export went, and in which format ("csv").
Setting<QString> exportFolder();
Setting<QString> exportFormat();
/// Seconds between two polls of a database; `group` is SessionInfo::settingsGroup(). Unless the
/// user chose otherwise, an application's database is polled less often than a queue of our own.
Setting<int> interval(const QString& group, bool isOwn);
/// What the form of a saved connection last asked for there, so that only a change in the form
/// overrides what was chosen since; 0: nothing.
Setting<int> formInterval(const QString& group);
/// Seconds that a query of the list may take; of one database, too.
Setting<int> queryDeadline(const QString& group);

/// The filters used on a database, the last one first; see domain::remembered().
Setting<QStringList> recentQueries(const QString& group);

} // namespace settings

} // namespace queuedeck::ui
