(window.campaignNames=window.campaignNames||{})["names-r"]=[["220881100","瓦房镇",2,[["201","荣华村","斯琴高娃"]]]];
