// SPDX-License-Identifier: GPL-3.0-or-later
// Shared by the tests of the Engine page: a session on a file of its own, with a home and settings
// of its own and no keychain.
#pragma once

#include "core/service/engineservice.h"
#include "core/service/jobservice.h"
#include "core/service/localhandlers.h"
#include "tests/support/ownhandlers.h"
#include "tests/support/sessions.h"
#include "ui/widgets/strip.h"
#include "ui/widgets/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QTemporaryDir>

namespace queuedeck::tests {

class EngineFixture
{
public:
    static void prepare()
    {
        QCoreApplication::setOrganizationName(QStringLiteral("QueuedeckTest"));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        for (const char* name :
             {"JOB_PROCESSOR_API_KEY", "QUEUEDECK_ENDPOINT_URL", "NEXT_PUBLIC_APP_URL"})
            qunsetenv(name);
        ui::Appearance::instance().install(*qApp, ui::ThemeChoice::Light);
    }

    EngineFixture()
    {
        qputenv("XDG_CONFIG_HOME", folder.path().toUtf8());
        qputenv("QUEUEDECK_HOME", folder.path().toUtf8());
    }

    bool handle(const QString& type, const QByteArray& json)
    {
        return writeHandler(service::handlersFolder(), type + QStringLiteral(".json"), json);
    }
    void open() { session = openAt(folder.filePath(QStringLiteral("jobs.db"))); }
    domain::JobIds enqueue(const QString& type, int count)
    {
        return await(session->jobs().enqueue(type, "{}", count));
    }
    auto counts() { return await(session->jobs().snapshot()).counts; }

    QTemporaryDir folder;
    std::shared_ptr<service::Session> session;
};

/// The text of a label or strip, by object name.
inline QString textOf(const QWidget& parent, const QString& name)
{
    const auto* widget = parent.findChild<QWidget*>(name);
    if (!widget)
        qFatal("There is no %s.", qPrintable(name));
    if (const auto* label = qobject_cast<const QLabel*>(widget))
        return label->text();
    const auto* strip = qobject_cast<const ui::Strip*>(widget);
    return strip ? strip->text() : QString();
}

inline bool says(const QWidget& parent, const QString& text)
{
    for (const QLabel* label : parent.findChildren<QLabel*>()) {
        if (label->isVisible() && label->text().contains(text))
            return true;
    }
    return false;
}

template <class Widget>
Widget* child(const QWidget& parent, const QString& name)
{
    auto* widget = parent.findChild<Widget*>(name);
    if (!widget)
        qFatal("There is no %s.", qPrintable(name));
    return widget;
}

/// The open dialog of a type.
template <class Dialog>
Dialog* openDialog()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        auto* dialog = qobject_cast<Dialog*>(widget);
        if (dialog && dialog->isVisible())
            return dialog;
    }
    return nullptr;
}

} // namespace queuedeck::tests
