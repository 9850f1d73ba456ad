// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/queuedeck/options.h"
#include "app/queuedeck/program.h"
#include "core/base/account.h"
#include "core/secrets/arguments.h"
#include "core/secrets/environment.h"
#include "core/secrets/hardening.h"
#include "ui/widgets/theme.h"

#include <QApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

int main(int argc, char** argv)
{
    queuedeck::secrets::hardenProcess();
    queuedeck::secrets::takeEnvironment();
    queuedeck::base::ensureHome();
    const queuedeck::secrets::Arguments arguments(argc, argv);
    if (arguments.hadSecret())
        std::fputs("Other users of this computer may have seen the password in the arguments. Put "
                   "the address into QUEUEDECK_DATABASE_URL instead.\n",
                   stderr);

    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"Queuedeck"_s);
    QApplication::setApplicationName(u"Queuedeck"_s);
    QApplication::setApplicationVersion(QStringLiteral(QUEUEDECK_VERSION));
    QApplication::setDesktopFileName(u"io.github.queuedeck.Queuedeck"_s);

    const auto options = queuedeck::app::Options::parse(arguments.given(argc, argv));
    queuedeck::ui::Look::instance().install(application);
    queuedeck::app::Program program(options);
    program.start();
    return QApplication::exec();
}
