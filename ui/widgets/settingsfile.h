// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QTemporaryDir>

#include <memory>

namespace queuedeck::ui {

/// The file of settings, made safe to use before anything reads it. One that is broken is moved
/// aside; one that a newer Queuedeck has written, or that cannot be read or written, is left as it
/// is: this run works with a copy and forgets what is changed. So nothing is ever lost. Lives as
/// long as the program, whose organisation and name are set.
class SettingsFile
{
public:
    /// Raised when a key changes its meaning, so that older programs keep away.
    static constexpr int kVersion = 1;

    SettingsFile();
    ~SettingsFile();
    SettingsFile(const SettingsFile&) = delete;
    SettingsFile& operator=(const SettingsFile&) = delete;

    /// What the person has to know; empty if all is well.
    QString trouble() const { return m_trouble; }
    bool isCopy() const { return m_copy != nullptr; }

private:
    void setAside(const QString& path);
    void useCopy(const QString& path);

    QString m_trouble;
    std::unique_ptr<QTemporaryDir> m_copy;
    QString m_folder; ///< of the settings of all programs, before
};

} // namespace queuedeck::ui
