// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/settings.h"

using namespace Qt::StringLiterals;

namespace queuedeck::ui::settings {

Setting<QString> lastAddress()
{
    return Setting<QString>(u"connection/last"_s);
}

Setting<int> appearance()
{
    return Setting<int>(u"window/appearance"_s, 0);
}

Setting<int> textPercent()
{
    return Setting<int>(u"window/textPercent"_s, 100);
}

Setting<int> rowDensity()
{
    return Setting<int>(u"window/rowDensity"_s, 1);
}

Setting<bool> showsTimes()
{
    return Setting<bool>(u"window/showsTimes"_s, false);
}

Setting<int> queryDeadline(const QString& group)
{
    return Setting<int>(group + u"/queryDeadline"_s, 10);
}

Setting<bool> localTimes()
{
    return Setting<bool>(u"window/localTimes"_s, false);
}

Setting<QByteArray> window()
{
    return Setting<QByteArray>(u"window/geometry"_s);
}

Setting<bool> wholeSidebar()
{
    return Setting<bool>(u"window/wholeSidebar"_s, true);
}

Setting<QStringList> columns(const QString& table)
{
    return Setting<QStringList>(u"columns/"_s + table);
}

Setting<QString> exportFolder()
{
    return Setting<QString>(u"export/folder"_s);
}

Setting<QString> exportFormat()
{
    return Setting<QString>(u"export/format"_s, u"csv"_s);
}

Setting<int> formInterval(const QString& group)
{
    return Setting<int>(group + u"/formInterval"_s, 0);
}

Setting<int> interval(const QString& group, bool isOwn)
{
    return Setting<int>(group + u"/interval"_s, isOwn ? 1 : 5);
}

Setting<QStringList> recentQueries(const QString& group)
{
    return Setting<QStringList>(group + u"/recentQueries"_s);
}

} // namespace queuedeck::ui::settings
