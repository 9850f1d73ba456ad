// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/settingsfile.h"

#include "core/base/privatefiles.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDebug>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSettings>

#include <utility>

using namespace Qt::StringLiterals;

namespace queuedeck::ui {

namespace {
const QString kVersionKey = u"settings/version"_s;
constexpr qint64 kLargest = 16 * 1024 * 1024; // ours has some kilobytes

QString tr(const char* text)
{
    return QCoreApplication::translate("SettingsFile", text);
}

enum class State { Good, Missing, Unreadable, Unwritable, Broken, Newer };

// QSettings passes over a line that it cannot read, and writes the file without it.
bool isSettings(const QByteArray& text)
{
    if (text.contains('\0'))
        return false;
    bool goesOn = false; // the value of the line before
    for (const QByteArray& whole : text.split('\n')) {
        const QByteArray line = whole.trimmed();
        const bool isPart = std::exchange(goesOn, line.endsWith('\\'));
        if (isPart || line.isEmpty() || line.startsWith(';') || line.startsWith('#') ||
            (line.startsWith('[') ? line.endsWith(']') : line.contains('=')))
            continue;
        return false;
    }
    return true;
}

State stateOf(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return State::Missing;
    QFile file(path);
    if (!info.isFile() || !file.open(QIODevice::ReadOnly))
        return State::Unreadable;
    if (file.size() > kLargest || !isSettings(file.readAll()))
        return State::Broken;
    const QSettings settings(path, QSettings::IniFormat);
    const int version = settings.value(kVersionKey, SettingsFile::kVersion).toInt();
    if (settings.status() != QSettings::NoError)
        return State::Broken;
    if (version > SettingsFile::kVersion)
        return State::Newer;
    const bool canBeReplaced = info.isWritable() && QFileInfo(info.absolutePath()).isWritable();
    return canBeReplaced ? State::Good : State::Unwritable;
}
} // namespace

SettingsFile::SettingsFile()
{
    const QString path = QSettings().fileName();
    m_folder = QFileInfo(QFileInfo(path).absolutePath()).absolutePath();
    switch (stateOf(path)) {
    case State::Good:
    case State::Missing: {
        // First: Qt would let other users read what it creates.
        if (!base::makePrivateFile(path)) {
            m_trouble =
                tr("The settings in %1 cannot be written. Changes last until you quit.").arg(path);
            useCopy({});
            break;
        }
        QSettings settings;
        if (settings.value(kVersionKey).toInt() != kVersion)
            settings.setValue(kVersionKey, kVersion);
        break;
    }
    case State::Broken: setAside(path); break;
    case State::Newer:
        m_trouble =
            tr("The settings were written by a newer Queuedeck. They are used as far as they "
               "are understood and left as they are; changes last until you quit.");
        useCopy(path);
        break;
    case State::Unwritable:
        m_trouble =
            tr("The settings in %1 cannot be written. Changes last until you quit.").arg(path);
        useCopy(path);
        break;
    case State::Unreadable:
        m_trouble =
            tr("The settings in %1 cannot be read, so the usual ones apply. Changes last until "
               "you quit.")
                .arg(path);
        useCopy(path);
        break;
    }
}

SettingsFile::~SettingsFile()
{
    if (m_copy)
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_folder);
}

void SettingsFile::setAside(const QString& path)
{
    const QString kept =
        path + u".broken-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmss"_s);
    if (QFile::rename(path, kept)) {
        m_trouble =
            tr("The settings could not be understood, so the usual ones apply. The file was "
               "kept as %1.")
                .arg(kept);
        if (const base::Status made = base::makePrivateFile(path); !made)
            qWarning().noquote() << made.error().detail;
        QSettings().setValue(kVersionKey, kVersion);
        return;
    }
    m_trouble =
        tr("The settings in %1 could not be understood, so the usual ones apply. Changes last "
           "until you quit.")
            .arg(path);
    useCopy({});
}

// Every QSettings of the program uses the other folder from now on.
void SettingsFile::useCopy(const QString& path)
{
    m_copy = std::make_unique<QTemporaryDir>();
    if (!m_copy->isValid())
        return;
    const QFileInfo info(path);
    const QString folder = m_copy->filePath(info.dir().dirName());
    QDir().mkpath(folder);
    const QString copy = folder + u'/' + info.fileName();
    if (!path.isEmpty() && QFile::copy(path, copy))
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_copy->path());
}

} // namespace queuedeck::ui
