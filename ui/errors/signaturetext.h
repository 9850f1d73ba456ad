// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/errorgroups.h"
#include "ui/widgets/tokens.h"

#include <QWidget>

class QPainter;

namespace queuedeck::ui {

/// Draws a signature on one line, elided at its right; what was left out stands on a ground of its
/// own.
void paintSignature(QPainter& painter, const QRect& rect, const domain::ErrorGroup& group,
                    const QFont& font, Color color);

/// A signature in the fixed font on the tint of errors, on as many lines as it takes.
class SignatureText : public QWidget
{
    Q_OBJECT

public:
    explicit SignatureText(QWidget* parent = nullptr);

    void setGroup(const domain::ErrorGroup& group);
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    domain::ErrorGroup m_group;
};

} // namespace queuedeck::ui
