// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/dialogband.h"

#include "ui/widgets/bandcolors.h"
#include "ui/widgets/environmentmark.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace queuedeck::ui {
namespace {
constexpr int kHeight = 30;
}

DialogBand::DialogBand(Environment environment, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_environment(environment)
{
    setFixedHeight(px(kHeight));
    setAccessibleName(QStringList{environmentWord(environment), name}.join(QStringLiteral(", ")));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(px(space::kL), 0, px(space::kL), 0);
    row->setSpacing(px(10));
    auto* mark = new EnvironmentMark;
    mark->setEnvironment(environment);
    row->addWidget(mark);
    row->addWidget(new ElidedLabel(name, TextRole::Strong, bandColors(environment).ink), 1);
}

void DialogBand::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), tokenColor(bandColors(m_environment).background));
}

} // namespace queuedeck::ui
