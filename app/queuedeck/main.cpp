// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/options.h"
#include "app/queuedeck/program.h"
#include "core/secrets/environment.h"
#include "core/secrets/hardening.h"
#include "ui/widgets/theme.h"

#include <QApplication>

using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    queuedeck::secrets::hardenProcess();
    queuedeck::secrets::takeEnvironment();

    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Queuedeck"_s);
    QApplication::setApplicationName(u"Queuedeck"_s);
    QApplication::setApplicationVersion(QStringLiteral(QUEUEDECK_VERSION));
    QApplication::setDesktopFileName(u"io.github.queuedeck.Queuedeck"_s);

    const auto options = queuedeck::app::Options::parse(application);
    queuedeck::ui::Look::instance().install(application);
    queuedeck::app::Program program(options);
    program.start();
    return QApplication::exec();
}
