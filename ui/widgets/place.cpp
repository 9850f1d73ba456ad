// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/place.h"

#include "ui/widgets/bandcolors.h"
#include "ui/widgets/dialogband.h"
#include "ui/widgets/shown.h"
#include "ui/widgets/typedname.h"

#include <QBoxLayout>
#include <QVariant>
#include <QWidget>

namespace queuedeck::ui {

namespace {
constexpr const char* kProperty = "queuedeckPlace";
using Kept = std::shared_ptr<const Place>;
} // namespace

bool Place::asksForName() const
{
    return safety == Safety::TypeName && !(typedName && typedName->holds());
}

void setPlace(QWidget& window, const Place& place)
{
    window.setProperty(kProperty, QVariant::fromValue(Kept(std::make_shared<Place>(place))));
}

Place placeOf(const QWidget* widget)
{
    for (; widget; widget = widget->parentWidget()) {
        const QVariant kept = widget->property(kProperty);
        if (kept.canConvert<Kept>())
            return *kept.value<Kept>();
    }
    return {};
}

void addBand(QVBoxLayout& dialog, const Place& place)
{
    if (place.environment != Environment::Local && !place.name.isEmpty())
        dialog.insertWidget(0, new DialogBand(place.environment, place.name));
}

QString titleAt(const Place& place, const QString& title)
{
    if (place.environment != Environment::Production)
        return title;
    return shown(environmentWord(place.environment) + QStringLiteral(" — ") + title);
}

} // namespace queuedeck::ui
