(window.campaignNames=window.campaignNames||{})["names-220881"]=[["220881100","瓦房镇",2,[["200","瓦房村","朴银姬"],["201","荣华村","斯琴高娃"]]]];
